import { PortcullisError, type Thresholds } from '@portcullis/core';
import type { TextReading } from '@portcullis/core/conversation';
import { type Bundle, fileOf } from './bundle.ts';
import type { Runtime } from './runtime.ts';
import { stacked } from './signals/signal.ts';

/** Says of a user's turns in a row where they lead (AISecOps' trajectory model). */
export interface Trajectory {
  readonly thresholds: Thresholds;
  /**
   * Probability that the turns, oldest first and as many as the manifest says at least, lead to an attack; of too many the newest count.
   * @throws {PortcullisError} `inference-failed` for what is no probability.
   */
  read(turns: readonly TextReading[]): Promise<number>;
}

/**
 * Gets the bundle's trajectory model and loads it.
 * @throws {PortcullisError} `bundle-missing` where the bundle has none; what getting its file throws.
 */
export async function loadTrajectory(runtime: Runtime, { manifest, more }: Pick<Bundle, 'manifest' | 'more'>): Promise<Trajectory> {
  const spec = manifest.trajectory;
  if (spec === undefined) throw new PortcullisError('bundle-missing', 'the bundle has no trajectory model');
  const bundle = await more([spec.artifact]);
  const session = await runtime.load(fileOf(bundle, spec.artifact), undefined, 'wasm');
  return {
    thresholds: spec.thresholds,
    async read(turns) {
      const last = turns.slice(-spec.maxTurns);
      const { data, dims } = stacked(last.map(({ embedding }) => embedding));
      const logits = Float32Array.from(last, ({ logit }) => logit);
      const { probability } = await session.run({ embeddings: { data, dims: [1, ...dims] }, logits: { data: logits, dims: [1, last.length] } });
      const [value = Number.NaN] = probability ?? [];
      if (!(value >= 0 && value <= 1)) throw new PortcullisError('inference-failed', 'the trajectory model gave what is no probability');
      return value;
    },
  };
}
