import { type Backend, PortcullisError } from '@portcullis/core';
import { type Bundle, fileOf } from './bundle.ts';
import { padded, paddedLength } from './padded.ts';
import type { Runtime, Session } from './runtime.ts';
import type { Window } from './windows.ts';

/** Windows of a batch at the most. */
const BATCH = 8;
/** A unit vector's length may differ from 1 by rounding, not by more. */
const LENGTH_TOLERANCE = 0.01;

/** What may end an embedding early. */
export interface Pace {
  /** Called before each batch; may throw to stop. */
  readonly checkpoint?: (() => Promise<void>) | undefined;
  /** By `performance.now()`: no batch but the first begins after it. */
  readonly deadline?: number;
}

/** Turns windows into embeddings. */
export interface Encoder {
  readonly dimension: number;
  /**
   * One unit vector a window, in order: of all, or of the first that were done by the deadline, one batch at least.
   * @throws {PortcullisError} `inference-failed` for a zero, NaN or unnormalised vector: a lost device yields those.
   */
  embed(windows: readonly Window[], pace?: Pace): Promise<Float32Array[]>;
}

/** Loads the encoder's graph. */
export async function loadEncoder(runtime: Runtime, bundle: Bundle): Promise<Encoder> {
  const { backend } = runtime;
  const spec = bundle.manifest.encoder;
  const session = await runtime.load(fileOf(bundle, spec.graph), { path: spec.weights, data: fileOf(bundle, spec.weights) });
  // On WASM a batch of long windows takes as long as they take one by one, and nothing can end it: an abort would wait for all of them.
  const room = backend === 'webgpu' ? BATCH * spec.maxTokens : spec.maxTokens;
  return {
    dimension: spec.dimension,
    async embed(windows, { checkpoint, deadline = Number.POSITIVE_INFINITY } = {}) {
      const embeddings: Float32Array[] = [];
      for (const batch of batchesOf(windows, room, backend)) {
        if (embeddings.length > 0 && performance.now() >= deadline) break;
        await checkpoint?.();
        embeddings.push(...(await embedBatch(session, batch, spec.dimension, backend)));
      }
      return embeddings;
    },
  };
}

/** Windows in order, by eights or as many as have `room` tokens when padded; one at least. */
export function* batchesOf(windows: readonly Window[], room: number, backend: Backend): Generator<readonly Window[]> {
  let [start, longest] = [0, 0];
  for (const [place, { ids }] of windows.entries()) {
    longest = Math.max(longest, paddedLength(ids.length, backend));
    const count = place - start;
    if (count === 0 || (count < BATCH && (count + 1) * longest <= room)) continue;
    yield windows.slice(start, place);
    [start, longest] = [place, paddedLength(ids.length, backend)];
  }
  if (start < windows.length) yield windows.slice(start);
}

async function embedBatch(session: Session, windows: readonly Window[], dimension: number, backend: Backend): Promise<Float32Array[]> {
  const rows = windows.map(({ ids }) => ids);
  const { embedding } = await session.run(padded(rows, backend).inputs);
  if (embedding?.length !== windows.length * dimension)
    throw new PortcullisError('inference-failed', `the encoder gave ${embedding?.length} numbers for ${windows.length} windows`);
  return windows.map((_, row) => unitVector(embedding.slice(row * dimension, (row + 1) * dimension)));
}

/**
 * The embedding itself.
 * @throws {PortcullisError} `inference-failed` unless its length is 1: a lost device yields zeros and NaN.
 */
export function unitVector(embedding: Float32Array): Float32Array {
  const length = Math.hypot(...embedding);
  if (Math.abs(length - 1) <= LENGTH_TOLERANCE) return embedding;
  throw new PortcullisError('inference-failed', `an embedding has length ${length}, not 1: the device may be lost`);
}
