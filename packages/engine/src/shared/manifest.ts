import { PortcullisError, SIGNAL_NAMES } from '@portcullis/core';
import * as v from 'valibot';
import type { BundleKind } from './bundle.ts';
import { artifactList, checkListed, count, fileName, finite, jsonIn, parsedBy, positive, probability } from './manifest-parts.ts';

/** `id@revision` of the encoder that a head was trained on; it runs on no other. */
const onEncoder = { encoder: v.string() };
const graphHead = v.object({ ...onEncoder, graph: fileName });

const lexical = v.object({
  /** Little-endian int16, first those of the character n-grams, then those of the words; a weight is its integer times `scale`. */
  weights: fileName,
  /** Of each of the two blocks. */
  buckets: count,
  scale: positive,
  bias: finite,
});

const similarity = v.object({
  ...onEncoder,
  /** `size` rows of int8, one a centre of known attacks; only a row's direction counts. */
  bank: fileName,
  size: count,
  /** Score = sigmoid(scale · cosine + bias). */
  scale: finite,
  bias: finite,
});

const intent = v.object({
  ...onEncoder,
  /** `size` rows of int8, one an intent; only a row's direction counts. */
  prototypes: fileName,
  size: v.pipe(count, v.minValue(2)),
  /** The softmax runs over cosine / temperature. */
  temperature: positive,
});

const manifestSchema = v.object({
  format: v.literal(2),
  id: v.string(),
  version: v.string(),
  artifacts: artifactList,
  encoder: v.object({
    id: v.string(),
    revision: v.string(),
    dimension: count,
    /** Tokens of one window, special tokens and prefix included. */
    maxTokens: count,
    /** Tokens that neighbouring windows share. */
    overlapTokens: v.pipe(v.number(), v.integer(), v.minValue(0)),
    prefix: v.string(),
    pooling: v.literal('mean'),
    tokenizer: fileName,
    tokenizerConfig: fileName,
    graph: fileName,
    /** External data of the graph, under the path that it names it by. */
    weights: fileName,
  }),
  /** Words of many languages (`languagesFrom`): what scrambled ones may have been. Without it, those of the tokenizer and of the package. */
  dictionaries: v.optional(fileName),
  heads: v.object({ classifier: graphHead, lexical, trees: graphHead, similarity, intent, anomaly: graphHead }),
  /** Joins the signals' z-normalised raw figures; fitted on held-out training rows. A signal that is not named has no say. */
  fusion: v.object({
    features: v.record(v.picklist(SIGNAL_NAMES), v.object({ weight: finite, mean: finite, std: positive })),
    bias: finite,
  }),
  /** Global thresholds of the joined score, frozen on held-out training rows. */
  thresholds: v.object({ block: probability, warn: probability }),
  /** What the thresholds come from. */
  calibration: v.object({
    /** Rows, a group of near-duplicates counted once. */
    rows: v.object({ benign: count, attacks: count }),
    /** Share of those benign rows that reach each threshold. */
    falsePositiveRates: v.object({ block: probability, warn: probability }),
    /** The threshold where Youden's J = recall + pass rate - 1 is largest on the same rows; told for comparison, not used. */
    youden: v.object({ threshold: probability, j: probability }),
  }),
  /** Reads tool calls; loaded with the first of them. */
  verifier: v.optional(
    v.object({
      graph: fileName,
      /** External data of the graph, under the path that it names it by. */
      weights: fileName,
      /** Its own, so that it outlives a change of the encoder's vocabulary; the tokenizer's config is the encoder's. */
      tokenizer: fileName,
      /** Of one reading, special tokens included; what stands beyond is cut off. */
      maxTokens: count,
      /** Calibrated probabilities of a value from which a person is asked, and from which a call is blocked; frozen on held-out training rows. */
      thresholds: v.object({ confirm: probability, block: probability }),
    }),
  ),
  /** Reads the embeddings of a conversation's turns; loaded with the first conversation. */
  trajectory: v.optional(
    v.object({
      artifact: fileName,
      /** `id@revision` of the encoder whose embeddings it was trained on. */
      encoder: v.string(),
      /** Turns that it reads at most, and at least. */
      maxTurns: count,
      minTurns: count,
      /** Probabilities from which a person is asked, and from which a turn is blocked; frozen on held-out training rows. */
      thresholds: v.object({ warn: probability, block: probability }),
      /** The same of the score of the last turns read as one text, which grows with their number; chosen on the same conversations. */
      cumulative: v.optional(v.object({ warn: probability, block: probability })),
    }),
  ),
  licences: v.array(v.object({ part: v.string(), licence: v.string() })),
});

/** `manifest.json` of a model bundle, as parsed. */
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** `id@version`, as verdicts name a bundle. */
export const bundleName = (manifest: Manifest): string => `${manifest.id}@${manifest.version}`;

/**
 * Reads a manifest from its bytes.
 * @throws {PortcullisError} as `parseManifest` does, and `bundle-invalid` for what is no JSON.
 */
export function readManifest(bytes: Uint8Array): Manifest {
  return parseManifest(jsonIn('manifest.json', bytes));
}

/**
 * Parses a manifest; nothing in it is trusted before.
 * @throws {PortcullisError} `bundle-invalid` naming the field, or `head-mismatch` when a head belongs to another encoder.
 */
export function parseManifest(json: unknown): Manifest {
  const manifest = parsedBy(manifestSchema, json);
  const { encoder, heads, artifacts, trajectory } = manifest;
  const bands = { thresholds: manifest.thresholds, 'trajectory.thresholds': trajectory?.thresholds, 'trajectory.cumulative': trajectory?.cumulative };
  for (const [path, band] of Object.entries(bands)) {
    if (band && band.warn > band.block)
      throw new PortcullisError('bundle-invalid', `manifest.json: ${path}.warn: ${band.warn} lies above ${path}.block (${band.block})`);
  }
  if (trajectory && trajectory.minTurns > trajectory.maxTurns) {
    throw new PortcullisError('bundle-invalid', `manifest.json: trajectory.minTurns: ${trajectory.minTurns} lies above trajectory.maxTurns`);
  }
  const owner = `${encoder.id}@${encoder.revision}`;
  for (const [name, trained] of Object.entries({ ...heads, ...(trajectory && { trajectory }) })) {
    const trainedOn = 'encoder' in trained ? trained.encoder : owner;
    if (trainedOn !== owner) throw new PortcullisError('head-mismatch', `head ${name} was trained on ${trainedOn}, the bundle's encoder is ${owner}`);
  }
  checkListed(artifacts, [...neededArtifacts(manifest), ...verifierArtifacts(manifest), ...(trajectory ? [trajectory.artifact] : [])]);
  return manifest;
}

/** The artifacts that texts need. */
export function neededArtifacts({ encoder, dictionaries, heads }: Manifest): string[] {
  return [
    ...(dictionaries === undefined ? [] : [dictionaries]),
    encoder.tokenizer,
    encoder.tokenizerConfig,
    encoder.graph,
    encoder.weights,
    heads.classifier.graph,
    heads.lexical.weights,
    heads.trees.graph,
    heads.similarity.bank,
    heads.intent.prototypes,
    heads.anomaly.graph,
  ];
}

/** The guard's own bundles. */
export const GUARD_BUNDLE: BundleKind<Manifest> = { read: readManifest, needed: neededArtifacts };

/** The artifacts that tool calls need besides; none where the bundle has no verifier. */
export function verifierArtifacts({ verifier }: Manifest): string[] {
  return verifier === undefined ? [] : [verifier.graph, verifier.weights, verifier.tokenizer];
}
