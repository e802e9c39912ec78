import { PortcullisError } from '@portcullis/core';
import type { AisecopsFeatures, AisecopsManifest } from '../shared/aisecops-manifest.ts';
import { type Bundle, fileOf } from '../shared/bundle.ts';
import type { Runtime } from '../shared/runtime.ts';
import { stacked } from '../shared/signals/signal.ts';

/** AISecOps' models, loaded. Runs must not overlap; each throws `inference-failed` for what is no probability. */
export interface AisecopsGraphs {
  /** Of one embedding: the isolation forest's score between two percentiles, and as it is. */
  anomaly(embedding: Float32Array): Promise<Pick<AisecopsFeatures, 'anomaly_score' | 'if_score'>>;
  /** Of so many embeddings as the manifest allows, oldest first: where they lead. */
  trajectory(embeddings: readonly Float32Array[]): Promise<number>;
  /** Of all features, not normalised. */
  fusion(features: AisecopsFeatures): Promise<number>;
}

/** Loads the three graphs on a runtime. */
export async function loadGraphs(runtime: Runtime, bundle: Bundle<AisecopsManifest>): Promise<AisecopsGraphs> {
  const { anomaly, trajectory, fusion } = bundle.manifest;
  const forest = await runtime.load(fileOf(bundle, anomaly.artifact));
  const transformer = await runtime.load(fileOf(bundle, trajectory.artifact));
  const mlp = await runtime.load(fileOf(bundle, fusion.artifact));
  return {
    async anomaly(embedding) {
      const found = await forest.run({ embedding: stacked([embedding]) });
      return { anomaly_score: probabilityIn(found, 'anomaly'), if_score: probabilityIn(found, 'raw') };
    },
    async trajectory(embeddings) {
      const { data, dims } = stacked(embeddings);
      return probabilityIn(await transformer.run({ embeddings: { data, dims: [1, ...dims] } }), 'probability');
    },
    async fusion(features) {
      const row = Float32Array.from(fusion.features, (name) => features[name]);
      return probabilityIn(await mlp.run({ features: { data: row, dims: [1, row.length] } }), 'probability');
    },
  };
}

function probabilityIn(outputs: Readonly<Record<string, Float32Array>>, name: string): number {
  const [value = Number.NaN] = outputs[name] ?? [];
  if (!(value >= 0 && value <= 1)) throw new PortcullisError('inference-failed', `${name}: ${value} is no probability`);
  return value;
}
