import { type Attribution, type ErrorData, errorFrom, type Verdict } from '@portcullis/core';
import type { ToolVerdict } from '@portcullis/core/tools';
import type { CheckRequest, EngineInfo, LoadProgress, ScanRequest, ScanTurnRequest } from '../shared/protocol.ts';
import type { TurnScan } from '../shared/scan-turn.ts';
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
  /** Scans a turn in its conversation, in turn like scans; throws as `scan` does. */
  scanTurn(request: ScanTurnRequest, signal?: AbortSignal): Promise<TurnScan>;
  /** Loads what turns take besides texts, in turn like scans; throws what is in the way. */
  prepareTurns(onProgress: (progress: LoadProgress) => void): Promise<null>;
  /** The words that make a text's verdict, in turn like scans. Throws as `scan` does, and `inference-failed`. */
  attribution(text: string, request: ScanRequest, signal?: AbortSignal): Promise<Attribution>;
  /** Checks one call of a tool, in turn like scans; throws as `scan` does. `onProgress` is told of the verifier's loading. */
  checkToolCall(request: CheckRequest, onProgress: (progress: LoadProgress) => void, signal?: AbortSignal): Promise<ToolVerdict>;
  /** Embeddings of a text's windows, in turn like scans: unit vectors, in order. Throws as `scan` does, and `inference-failed`. */
  embed(text: string, signal?: AbortSignal): Promise<Float32Array[]>;
  /** Ends the worker for good; what is under way rejects with `closed`. */
  close(): void;
}

/** A verdict, as far as it tells that the models failed. */
interface Judged {
  readonly degraded?: { readonly reason: ErrorData };
}
const itself = <T>(verdict: T): T => verdict;

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

  /** A question that ends with a verdict: a failure of the models shows in it. */
  const judge = <T>(put: (client: EngineClient) => Promise<T | null>, verdictIn: (answer: T) => Judged, signal?: AbortSignal): Promise<T> =>
    ask(
      {
        put: async (client) => answered(await put(client)),
        faultIn: (answer) => {
          const reason = verdictIn(answer).degraded?.reason;
          return reason?.code === 'inference-failed' ? reason : undefined;
        },
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
    scan: (text, request, signal) => judge((client) => client.scan(text, request, signal), itself, signal),
    prepareTurns: (onProgress) => ask({ put: (client) => client.prepareTurns(onProgress), faultIn: () => undefined }),
    scanTurn: (request, signal) =>
      judge(
        (client) => client.scanTurn(request, signal),
        ({ verdict }) => verdict,
        signal,
      ),
    checkToolCall: (request, onProgress, signal) => judge((client) => client.checkToolCall(request, onProgress, signal), itself, signal),
    attribution: (text, request, signal) =>
      ask({ put: async (client) => answered(await client.attribution(text, request, signal)), faultIn: () => undefined }, signal),
    embed: (text, signal) => ask({ put: (client) => client.embed(text), faultIn: () => undefined }, signal),
    close: keeper.close,
  };
}

/** `null` is the answer to a question that was aborted. */
function answered<T>(answer: T | null): T {
  if (answer === null) throw new DOMException('the scan was aborted', 'AbortError');
  return answer;
}
