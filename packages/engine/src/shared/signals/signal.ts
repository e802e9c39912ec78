import type { Finding, Normalised, RuleFinding, Signal } from '@portcullis/core';
import type { Bundle } from '../bundle.ts';
import type { Runtime } from '../runtime.ts';
import type { Window } from '../windows.ts';
import type { Chunk } from './chunks.ts';

/** What a voter may look at. */
export interface Scan {
  readonly normalised: Normalised;
  readonly ruleFindings: readonly RuleFinding[];
  readonly windows: readonly Window[];
  /** One unit vector a window. */
  readonly embeddings: readonly Float32Array[];
  /** Of the whole text, whatever its windows show of it. */
  readonly chunks: readonly Chunk[];
}

/** A voter's answer: its signal and what it wants to point at. */
export interface Vote {
  readonly signal: Signal;
  readonly findings: readonly Finding[];
}

/** A voter, loaded. A new signal is one file that exports a `SignalLoader` and one line in `index.ts`. */
export type Voter = (scan: Scan) => Promise<Vote>;
export type SignalLoader = (runtime: Runtime, bundle: Bundle) => Promise<Voter>;

/** The embeddings of all windows in one row-major tensor. */
export function stacked(embeddings: readonly Float32Array[]): { data: Float32Array; dims: readonly number[] } {
  const dimension = embeddings[0]?.length ?? 0;
  const data = new Float32Array(embeddings.length * dimension);
  for (const [row, embedding] of embeddings.entries()) data.set(embedding, row * dimension);
  return { data, dims: [embeddings.length, dimension] };
}

/** Index of the largest number, or of the first that is none: what could not be scored must not hide behind what could. 0 for an empty list. */
export function strongest(scores: Float32Array): number {
  const lost = scores.findIndex(Number.isNaN);
  if (lost >= 0) return lost;
  return scores.reduce((best, score, index) => (score > (scores[best] ?? Number.NEGATIVE_INFINITY) ? index : best), 0);
}
