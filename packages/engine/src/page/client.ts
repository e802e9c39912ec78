import { errorFrom, PortcullisError, type TextContext, type Verdict } from '@portcullis/core';
import { proxy, releaseProxy, wrap } from 'comlink';
import type { EngineApi, EngineInfo, LoadProgress, Outcome, StartOptions } from '../shared/protocol.ts';
import { abortable } from './abortable.ts';

/** The page's side of the engine: a proxy and nothing else. */
export interface EngineClient {
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo>;
  /** @throws {DOMException} `AbortError` at once when `signal` fires; the worker stops at its next checkpoint. */
  scan(text: string, context: TextContext, signal?: AbortSignal): Promise<Verdict>;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Float32Array[]>;
  /** Ends the worker; a second call does nothing. */
  terminate(): void;
}

/**
 * Starts the worker. Every promise settles even if the worker dies: with `worker-crashed`, or `closed` after `terminate()`.
 */
export function connectEngine(): EngineClient {
  const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'portcullis' });
  const remote = wrap<EngineApi>(worker);
  let ended: PortcullisError | undefined;
  // Not one promise to race against: each race would leave its answer there for as long as the worker lives.
  const waiting = new Set<(error: PortcullisError) => void>();
  const end = (error: PortcullisError): void => {
    ended = error;
    for (const reject of waiting) reject(error);
  };
  worker.addEventListener('error', (event) => end(new PortcullisError('worker-crashed', event.message || 'the worker could not be started')));
  worker.addEventListener('messageerror', () => end(new PortcullisError('worker-crashed', 'a message could not be read')));

  /** The worker's answer, or what it ended with. */
  const ask = async <T>(question: () => Promise<Outcome<T>>): Promise<T> => {
    if (ended !== undefined) throw ended;
    let onEnd = (_error: PortcullisError): void => {};
    const outcome = await new Promise<Outcome<T>>((resolve, reject) => {
      onEnd = reject;
      waiting.add(onEnd);
      question().then(resolve, reject);
    }).finally(() => waiting.delete(onEnd));
    if (!outcome.ok) throw errorFrom(outcome.error);
    return outcome.value;
  };

  let nextId = 0;
  return {
    async start(options, onProgress) {
      // Progress has a port of its own, so the last of it may arrive after the outcome: then it is no news.
      let settled = false;
      const telling = proxy((progress: LoadProgress) => {
        if (!settled) onProgress(progress);
      });
      return ask(() => remote.start(options, telling)).finally(() => {
        settled = true;
      });
    },
    async scan(text, context, signal) {
      signal?.throwIfAborted();
      const id = nextId++;
      const answer = ask(() => remote.scan(id, text, context));
      const verdict = await abortable(answer, signal, () => {
        if (ended === undefined) void remote.abort(id);
      });
      if (verdict === null) throw new DOMException('the scan was aborted', 'AbortError');
      return verdict;
    },
    embed: (text) => ask(() => remote.embed(text)),
    terminate() {
      if (ended?.code === 'closed') return;
      end(new PortcullisError('closed', 'the guard is closed'));
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
