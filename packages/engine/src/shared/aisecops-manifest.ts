import { PortcullisError } from '@portcullis/core';
import * as v from 'valibot';
import type { BundleKind } from './bundle.ts';
import { HUB_MODELS, HUB_PREFIX, type HubModelName } from './hub-models.ts';
import { artifactList, checkListed, count, fileName, finite, jsonIn, parsedBy, positive, probability } from './manifest-parts.ts';

/** The encoder that AISecOps' models read embeddings of, as its card has it. */
export const AISECOPS_ENCODER = 'intfloat/e5-large-v2' satisfies HubModelName;

/** The figures that its fusion joins, by the card's names. */
export const AISECOPS_FEATURES = ['anomaly_score', 'if_score', 'pattern_score', 'max_similarity_score', 'trajectory_score', 'intent_entropy'] as const;
export type AisecopsFeature = (typeof AISECOPS_FEATURES)[number];
export type AisecopsFeatures = Readonly<Record<AisecopsFeature, number>>;

const manifestSchema = v.object({
  format: v.literal('aisecops-1'),
  encoder: v.string(),
  dimension: count,
  prefix: v.string(),
  anomaly: v.object({ artifact: fileName }),
  trajectory: v.object({ artifact: fileName, minTurns: v.pipe(count, v.minValue(2)), maxTurns: count }),
  fusion: v.object({
    artifact: fileName,
    /** In the graph's order. */
    features: v.pipe(
      v.array(v.picklist(AISECOPS_FEATURES)),
      v.length(AISECOPS_FEATURES.length, `must name ${AISECOPS_FEATURES.length} features`),
      v.check((names) => new Set(names).size === names.length, 'must name each feature once'),
    ),
    /** Over the rows that it was trained on: where a feature that cannot be had stands, it counts for nothing. */
    means: v.object({
      anomaly_score: finite,
      if_score: finite,
      pattern_score: finite,
      max_similarity_score: finite,
      trajectory_score: finite,
      intent_entropy: finite,
    } satisfies Record<AisecopsFeature, typeof finite>),
    threshold: probability,
  }),
  /** What the intents' entropy is over: descriptions by intent, and the temperature of the softmax over the cosines. */
  intents: v.object({
    temperature: positive,
    descriptions: v.pipe(
      v.record(v.string(), v.pipe(v.array(v.string()), v.minLength(1))),
      v.check((intents) => Object.keys(intents).length >= 2, 'must have two intents at least'),
    ),
  }),
  /** What the published files do not say, a line each. */
  assumed: v.array(v.string()),
  artifacts: artifactList,
});

/** `manifest.json` of AISecOps' models, as `models/training/aisecops` writes it. */
export type AisecopsManifest = v.InferOutput<typeof manifestSchema>;

/**
 * Reads a manifest from its bytes; nothing in it is trusted before.
 * @throws {PortcullisError} `bundle-invalid` naming the field, or `head-mismatch` where the models read embeddings of another encoder.
 */
export function readAisecopsManifest(bytes: Uint8Array): AisecopsManifest {
  const manifest = parsedBy(manifestSchema, jsonIn('manifest.json', bytes));
  const { trajectory, artifacts } = manifest;
  const encoder = { encoder: AISECOPS_ENCODER, dimension: HUB_MODELS[AISECOPS_ENCODER].dimension, prefix: HUB_PREFIX };
  for (const [name, value] of Object.entries(encoder)) {
    const read = manifest[name as keyof typeof encoder];
    if (read !== value) throw new PortcullisError('head-mismatch', `manifest.json: ${name}: the models were trained on "${read}", the encoder has "${value}"`);
  }
  if (trajectory.minTurns > trajectory.maxTurns) {
    throw new PortcullisError('bundle-invalid', `manifest.json: trajectory.minTurns: ${trajectory.minTurns} lies above trajectory.maxTurns`);
  }
  checkListed(artifacts, graphsOf(manifest));
  return manifest;
}

const graphsOf = ({ anomaly, trajectory, fusion }: AisecopsManifest): string[] => [anomaly.artifact, trajectory.artifact, fusion.artifact];

/** AISecOps' models as a bundle. */
export const AISECOPS_BUNDLE: BundleKind<AisecopsManifest> = { read: readAisecopsManifest, needed: graphsOf };
