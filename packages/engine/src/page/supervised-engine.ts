import { type ErrorData, errorFrom, type Verdict } from '@portcullis/core';
import type { ToolVerdict } from '@portcullis/core/tools';
import type { CheckRequest, EngineInfo, LoadProgress, ScanRequest } from '../shared/protocol.ts';
import { abortable } from './abortable.ts';
import type { EngineClient } from './client.ts';
import { type EngineState, isFault, type KeeperOptions, keepEngine } from './engine-keeper.ts';

/** An engine that outlives its workers. */
export interface SupervisedEngine {
  readonly state: EngineState;
  /** What the latest start came to. */
  readonly ready: Promise<EngineInfo>;
  /** Starts a worker unless one runs. */
  wake(): void;
  /**
   * Scans one text, after all that was asked before. Where the worker is lost over it, another scans it once more.
   * @throws the signal's reason when it fires; `PortcullisError` that says why no worker could be started or kept, or `closed`.
   */
  scan(text: string, request: ScanRequest, signal?: AbortSignal): Promise<Verdict>;
  /** Checks one call of a tool, in turn like scans; throws as `scan` does. `onProgress` is told of the verifier's loading. */
  checkToolCall(request: CheckRequest, onProgress: (progress: LoadProgress) => void, signal?: AbortSignal): Promise<ToolVerdict>;
  /** Embeddings of a text's windows, in turn like scans: unit vectors, in order. Throws as `scan` does, and `inference-failed`. */
  embed(text: string, signal?: AbortSignal): Promise<Float32Array[]>;
  /** Ends the worker for good; what is under way rejects with `closed`. */
  close(): void;
}

/** What is asked of a worker, and how its answer shows that it is lost. */
interface Question<T> {
  readonly put: (client: EngineClient) => Promise<T>;
  readonly faultIn: (answer: T) => ErrorData | undefined;
}

/** One queue of questions before whatever worker the keeper has. The worker gets the next one when it has answered the last. */
export function superviseEngine(options: KeeperOptions, onState: (state: EngineState) => void): SupervisedEngine {
  const keeper = keepEngine(options, onState);
  let pending = 0;
  let tail: Promise<unknown> = Promise.resolve();

  const attempt = async <T>({ put, faultIn }: Question<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    const running = await keeper.up();
    signal?.throwIfAborted();
    try {
      const answer = await put(running.client);
      const fault = faultIn(answer);
      if (fault !== undefined) keeper.lose(running, errorFrom(fault));
      return answer;
    } catch (error) {
      if (isFault(error)) keeper.lose(running, error);
      throw error;
    }
  };

  const attemptTwice = async <T>(question: Question<T>, signal?: AbortSignal): Promise<T> => {
    let first: T | undefined;
    try {
      first = await attempt(question, signal);
      if (question.faultIn(first) === undefined) return first;
    } catch (error) {
      if (!isFault(error)) throw error;
    }
    return attempt(question, signal).catch((error: unknown) => {
      // An incomplete verdict still holds what the rules found.
      if (first !== undefined) return first;
      throw error;
    });
  };

  /** A start under way that fails, fails for all that wait for it; what is asked later starts anew. */
  const ask = async <T>(question: Question<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    keeper.setBusy(true);
    pending += 1;
    const started = keeper.up();
    const answer = tail
      .then(() => started)
      .then(() => attemptTwice(question, signal))
      .finally(() => {
        pending -= 1;
        keeper.setBusy(pending > 0);
      });
    tail = answer.catch(() => {});
    return abortable(answer, signal);
  };

  /** A question that ends with a verdict: `null` says that it was aborted, and a failure of the models shows in the verdict. */
  const judge = <T extends { readonly degraded?: { readonly reason: ErrorData } }>(
    put: (client: EngineClient) => Promise<T | null>,
    signal?: AbortSignal,
  ): Promise<T> =>
    ask(
      {
        put: async (client) => {
          const verdict = await put(client);
          if (verdict === null) throw new DOMException('the scan was aborted', 'AbortError');
          return verdict;
        },
        faultIn: ({ degraded }) => (degraded?.reason.code === 'inference-failed' ? degraded.reason : undefined),
      },
      signal,
    );

  return {
    get state() {
      return keeper.state;
    },
    get ready() {
      return keeper.latest.then(({ info }) => info);
    },
    wake: () => void keeper.up(),
    scan: (text, request, signal) => judge((client) => client.scan(text, request, signal), signal),
    checkToolCall: (request, onProgress, signal) => judge((client) => client.checkToolCall(request, onProgress, signal), signal),
    embed: (text, signal) => ask({ put: (client) => client.embed(text), faultIn: () => undefined }, signal),
    close: keeper.close,
  };
}
