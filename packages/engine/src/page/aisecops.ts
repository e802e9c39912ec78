import { PortcullisError } from '@portcullis/core';
import { proxy } from 'comlink';
import type { AisecopsApi, AisecopsInfo, AisecopsProgress, AisecopsScore } from '../shared/aisecops-protocol.ts';
import { HUB } from '../shared/hub-models.ts';
import { checkTexts, folderAt, ownWorker } from './own-worker.ts';

export type { AisecopsFeature, AisecopsFeatures } from '../shared/aisecops-manifest.ts';
export type { AisecopsInfo, AisecopsProgress, AisecopsScore } from '../shared/aisecops-protocol.ts';

export interface AisecopsOptions {
  /** URL of the folder that `models/training/aisecops` wrote, absolute or from the page. A URL's content never changes: a new bundle has a new URL. */
  readonly bundle: string;
  /** URL of a mirror of the Hub for the encoder, as `loadHubEncoder` takes it. */
  readonly host?: string;
  /**
   * Texts of known attacks, which a text's similarity is searched among; each is embedded once. This project's own in English if left out;
   * with an empty list `max_similarity_score` is the mean of its training, and counts for nothing.
   */
  readonly known?: readonly string[];
  readonly onProgress?: (progress: AisecopsProgress) => void;
  /** Ends the loading, and the worker with it. */
  readonly signal?: AbortSignal;
}

/** AISecOps' models in a worker of their own. */
export interface Aisecops {
  readonly info: AisecopsInfo;
  /**
   * Whether the last turn of a conversation is an attack.
   * @param turns The user's turns, oldest first, of which the last six count; or a text by itself. Of each turn the first 512 tokens are read.
   * @throws the signal's reason, or `PortcullisError`: `input-invalid`, `inference-failed`, `worker-crashed`, `closed`.
   */
  score(turns: string | readonly string[], options?: { readonly signal?: AbortSignal }): Promise<AisecopsScore>;
  /** Ends the worker; what is under way rejects with `closed`. */
  close(): void;
}

/**
 * Loads AISecOps' models, converted, with the encoder that they were trained on. `@huggingface/transformers`, an optional peer dependency,
 * must be installed.
 * @throws the signal's reason, or `PortcullisError`: `input-invalid` for known attacks that are no texts, `bundle-missing`, `bundle-network`,
 * `bundle-corrupt`, `bundle-invalid`, `head-mismatch` for models of another encoder, `worker-crashed`.
 */
export async function loadAisecops({ bundle, host = HUB, known, onProgress, signal }: AisecopsOptions): Promise<Aisecops> {
  if (known !== undefined) checkTexts(known);
  const source = { bundle: folderAt(bundle), host: folderAt(host), known };
  signal?.throwIfAborted();

  const worker = new Worker(new URL('../worker/aisecops.worker.ts', import.meta.url), { type: 'module', name: 'portcullis-aisecops' });
  const own = ownWorker<AisecopsApi>(worker, 'the engine');
  const info = await own.start((remote) => remote.load(source, proxy(onProgress ?? (() => {}))), signal);
  return {
    info,
    async score(turns, options) {
      const all = typeof turns === 'string' ? [turns] : turns;
      if (!Array.isArray(all) || all.length === 0) throw new PortcullisError('input-invalid', 'turns must be a text, or a list of one text at least');
      checkTexts(all);
      return own.ask((remote) => remote.score(all), options?.signal);
    },
    close: own.close,
  };
}
