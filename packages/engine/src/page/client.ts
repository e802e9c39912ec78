import { errorFrom, PortcullisError, type Verdict } from '@portcullis/core';
import { proxy, releaseProxy, wrap } from 'comlink';
import type { EngineApi, EngineInfo, LoadProgress, StartOptions } from '../shared/protocol.ts';
import { abortable } from './abortable.ts';

/** The page's side of the engine: a proxy and nothing else. */
export interface EngineClient {
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo>;
  /** @throws {DOMException} `AbortError` at once when `signal` fires; the worker stops at its next checkpoint. */
  scan(text: string, signal?: AbortSignal): Promise<Verdict>;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Float32Array[]>;
  terminate(): void;
}

/**
 * Starts the worker. Every promise settles even if the worker dies: with `worker-crashed`, or `closed` after `terminate()`.
 */
export function connectEngine(): EngineClient {
  const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'portcullis' });
  const remote = wrap<EngineApi>(worker);
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new PortcullisError('worker-crashed', event.message || 'the worker could not be started')));
    worker.addEventListener('messageerror', () => reject(new PortcullisError('worker-crashed', 'a message could not be read')));
    end = () => reject(new PortcullisError('closed', 'the guard is closed'));
  });
  ended.catch(() => {});
  let nextId = 0;
  return {
    async start(options, onProgress) {
      // Progress has a port of its own, so the last of it may arrive after the outcome: then it is no news.
      let settled = false;
      const telling = proxy((progress: LoadProgress) => {
        if (!settled) onProgress(progress);
      });
      const outcome = await Promise.race([remote.start(options, telling), ended]).finally(() => {
        settled = true;
      });
      if (!outcome.ok) throw errorFrom(outcome.error);
      return outcome.value;
    },
    async scan(text, signal) {
      signal?.throwIfAborted();
      const id = nextId++;
      const answered = Promise.race([remote.scan(id, text), ended]);
      const outcome = await abortable(answered, signal, () => void remote.abort(id));
      if (!outcome.ok) throw errorFrom(outcome.error);
      if (outcome.value === null) throw new DOMException('the scan was aborted', 'AbortError');
      return outcome.value;
    },
    async embed(text) {
      const outcome = await Promise.race([remote.embed(text), ended]);
      if (!outcome.ok) throw errorFrom(outcome.error);
      return outcome.value;
    },
    terminate() {
      end();
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
