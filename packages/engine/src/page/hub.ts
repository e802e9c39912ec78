import { PortcullisError } from '@portcullis/core';
import { proxy, wrap } from 'comlink';
import { HUB_MODELS, type HubModelName } from '../shared/hub-models.ts';
import type { HubApi, HubInfo, HubProgress } from '../shared/hub-protocol.ts';
import { abortable } from './abortable.ts';
import { askToPersist } from './ask-to-persist.ts';
import { createQuestions } from './questions.ts';

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

const HUB = 'https://huggingface.co/';

/**
 * Loads a published encoder, for embeddings and similarity. No verdicts: the guard's heads are trained on the bundle's own encoder and run
 * on no other. `@huggingface/transformers`, an optional peer dependency, must be installed.
 * @throws the signal's reason, or `PortcullisError`: `input-invalid` for a model that is none of these, `bundle-missing`, `bundle-network`,
 * `bundle-corrupt`, `bundle-invalid`, `worker-crashed`.
 */
export async function loadHubEncoder({ model, host = HUB, onProgress, signal }: HubOptions): Promise<HubEncoder> {
  if (!Object.hasOwn(HUB_MODELS, model)) throw new PortcullisError('input-invalid', `model must be one of ${Object.keys(HUB_MODELS).join(', ')}`);
  const base = new URL(host, document.baseURI);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  signal?.throwIfAborted();

  const worker = new Worker(new URL('../worker/hub.worker.ts', import.meta.url), { type: 'module', name: 'portcullis-hub' });
  const remote = wrap<HubApi>(worker);
  const questions = createQuestions();
  const end = (error: PortcullisError): void => {
    if (questions.end(error)) worker.terminate();
  };
  worker.addEventListener('error', (event) => end(new PortcullisError('worker-crashed', event.message || 'the worker could not be started')));
  worker.addEventListener('messageerror', () => end(new PortcullisError('worker-crashed', 'a message could not be read')));

  const close = (): void => end(new PortcullisError('closed', 'the encoder is closed'));

  // One after the other: sessions must not overlap.
  let tail: Promise<unknown> = Promise.resolve();
  const embed = (texts: readonly string[], ending?: AbortSignal): Promise<Float32Array[]> => {
    for (const text of texts) if (typeof text !== 'string') throw new PortcullisError('input-invalid', `a text must be a string, not ${typeof text}`);
    const answer = tail.then(() => {
      ending?.throwIfAborted();
      return questions.ask(() => remote.embed(texts));
    });
    tail = answer.catch(() => {});
    return abortable(answer, ending);
  };

  const loading = questions.ask(() => remote.load({ model, host: base.href }, proxy(onProgress ?? (() => {}))));
  const info = await abortable(loading, signal).catch((error: unknown) => {
    close();
    throw error;
  });
  if (info.persistent && info.downloadedBytes > 0) void askToPersist();
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
      return left.reduce((sum, value, index) => sum + value * (right[index] ?? Number.NaN), 0);
    },
    close,
  };
}
