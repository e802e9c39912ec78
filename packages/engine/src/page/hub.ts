import { PortcullisError } from '@portcullis/core';
import { proxy } from 'comlink';
import { dot } from '../shared/dot.ts';
import { HUB, HUB_MODELS, type HubModelName } from '../shared/hub-models.ts';
import type { HubApi, HubInfo, HubProgress } from '../shared/hub-protocol.ts';
import { checkTexts, folderAt, ownWorker } from './own-worker.ts';

export type { HubModelName } from '../shared/hub-models.ts';
export type { HubInfo, HubProgress } from '../shared/hub-protocol.ts';

export interface HubOptions {
  readonly model: HubModelName;
  /** URL of a mirror, absolute or from the page, below which files are at `{repo}/resolve/{revision}/{file}`. The Hub itself if left out. */
  readonly host?: string;
  readonly onProgress?: (progress: HubProgress) => void;
  /** Ends the loading, and the encoder with it. */
  readonly signal?: AbortSignal;
}

/** A published encoder in a worker of its own. */
export interface HubEncoder {
  readonly model: HubModelName;
  /** Numbers of an embedding. */
  readonly dimension: number;
  readonly info: HubInfo;
  /**
   * The embedding of a text's first 512 tokens, of length 1.
   * @throws the signal's reason, or `PortcullisError`: `input-invalid`, `inference-failed`, `worker-crashed`, `closed`.
   */
  embed(text: string, options?: { readonly signal?: AbortSignal }): Promise<Float32Array>;
  /**
   * The cosine of two texts' embeddings, in [-1, 1]. E5's lie between .7 and 1: compare cosines with each other, not with a round figure.
   * @throws as `embed` does.
   */
  similarity(a: string, b: string, options?: { readonly signal?: AbortSignal }): Promise<number>;
  /** Ends the worker; what is under way rejects with `closed`. */
  close(): void;
}

/**
 * Loads a published encoder, for embeddings and similarity. No verdicts: the guard's heads are trained on the bundle's own encoder and run
 * on no other. `@huggingface/transformers`, an optional peer dependency, must be installed.
 * @throws the signal's reason, or `PortcullisError`: `input-invalid` for a model that is none of these, `bundle-missing`, `bundle-network`,
 * `bundle-corrupt`, `bundle-invalid`, `worker-crashed`.
 */
export async function loadHubEncoder({ model, host = HUB, onProgress, signal }: HubOptions): Promise<HubEncoder> {
  if (!Object.hasOwn(HUB_MODELS, model)) throw new PortcullisError('input-invalid', `model must be one of ${Object.keys(HUB_MODELS).join(', ')}`);
  const source = { model, host: folderAt(host) };
  signal?.throwIfAborted();

  const worker = new Worker(new URL('../worker/hub.worker.ts', import.meta.url), { type: 'module', name: 'portcullis-hub' });
  const own = ownWorker<HubApi>(worker, 'the encoder');
  const info = await own.start((remote) => remote.load(source, proxy(onProgress ?? (() => {}))), signal);
  const embed = (texts: readonly string[], ending: AbortSignal | undefined): Promise<Float32Array[]> => {
    checkTexts(texts);
    return own.ask((remote) => remote.embed(texts), ending);
  };
  return {
    model,
    dimension: HUB_MODELS[model].dimension,
    info,
    async embed(text, options) {
      const [embedding] = await embed([text], options?.signal);
      if (embedding === undefined) throw new PortcullisError('inference-failed', 'the encoder gave no embedding');
      return embedding;
    },
    async similarity(a, b, options) {
      const [left, right] = await embed([a, b], options?.signal);
      if (left === undefined || right === undefined) throw new PortcullisError('inference-failed', 'the encoder gave too few embeddings');
      return dot(left, right);
    },
    close: own.close,
  };
}
