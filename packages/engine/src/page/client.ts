import { type Attribution, PortcullisError, type Verdict } from '@portcullis/core';
import type { ToolVerdict } from '@portcullis/core/tools';
import { proxy, wrap } from 'comlink';
import {
  ANSWER_SILENCE_MS,
  type CheckRequest,
  type EngineApi,
  type EngineInfo,
  type LoadProgress,
  type Outcome,
  type ScanRequest,
  type ScanTurnRequest,
  type SignOfLife,
  START_SILENCE_MS,
  type StartOptions,
} from '../shared/protocol.ts';
import type { TurnScan } from '../shared/scan-turn.ts';
import { askToPersist } from './ask-to-persist.ts';
import { createQuestions } from './questions.ts';
import { type Asked, vouchForAnswer } from './vouch.ts';
import { createWatchdog } from './watchdog.ts';

// Not what a script of the page puts in their place later: a worker that is lost or was resting is started anew.
const { Worker, URL } = globalThis;
const listen: (worker: Worker, type: 'message', listener: (event: MessageEvent) => void) => void = Function.prototype.call.bind(
  EventTarget.prototype.addEventListener,
);

/** The page's side of one worker: a proxy that knows when the worker is gone. Ask one thing at a time. */
export interface EngineClient {
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo>;
  /** `null` for a scan that `signal` ended: the worker says so at its next checkpoint, and is free for the next question then. */
  scan(text: string, request: ScanRequest, signal?: AbortSignal): Promise<Verdict | null>;
  /** As `scan`. */
  scanTurn(request: ScanTurnRequest, signal?: AbortSignal): Promise<TurnScan | null>;
  /** Loads what turns take besides texts. */
  prepareTurns(onProgress: (progress: LoadProgress) => void): Promise<null>;
  /** As `scan`: the words that make the verdict. */
  attribution(text: string, request: ScanRequest, signal?: AbortSignal): Promise<Attribution | null>;
  /** As `scan`; tells how far the verifier's loading is. */
  checkToolCall(request: CheckRequest, onProgress: (progress: LoadProgress) => void, signal?: AbortSignal): Promise<ToolVerdict | null>;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Float32Array[]>;
  /** Ends the worker; what is asked of it rejects with `error`. A second call does nothing. */
  terminate(error: PortcullisError): void;
}

/**
 * Starts a worker. Every promise settles: with the worker's answer, with `worker-crashed` when it died or fell silent, or as
 * `terminate()` says.
 * @param onCrash told when the worker ends by itself, once.
 */
export function connectEngine(onCrash: (error: PortcullisError) => void): EngineClient {
  const worker = new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module', name: 'portcullis' });
  // The first to listen: nothing has seen the answer before.
  let asked: Asked | undefined;
  listen(worker, 'message', (event) => vouchForAnswer(event, asked));
  const remote = wrap<EngineApi>(worker);
  const questions = createQuestions();
  const end = (error: PortcullisError): void => {
    if (!questions.end(error)) return;
    watchdog.rest();
    worker.terminate();
  };
  const crash = (message: string): void => {
    if (questions.ended !== undefined) return;
    const error = new PortcullisError('worker-crashed', message);
    end(error);
    onCrash(error);
  };
  const watchdog = createWatchdog(() => crash('the worker gave no sign of life in time'));
  worker.addEventListener('error', (event) => crash(event.message || 'the worker could not be started'));
  worker.addEventListener('messageerror', () => crash('a message could not be read'));
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<SignOfLife> | null>) => {
    if (questions.open > 0 && data?.silenceMs !== undefined) watchdog.expectWithin(data.silenceMs);
  });

  const ask = <T>(silenceMs: number, question: () => Promise<Outcome<T>>): Promise<T> => {
    if (questions.ended === undefined) watchdog.expectWithin(silenceMs);
    return questions.ask(question).finally(() => watchdog.rest());
  };

  let nextId = 0;
  const askAbortably = <T>(question: (id: number) => Promise<Outcome<T>>, signal?: AbortSignal): Promise<T> => {
    const id = nextId++;
    const stop = (): void => {
      if (questions.ended === undefined) void remote.abort(id);
    };
    signal?.addEventListener('abort', stop, { once: true });
    return ask(ANSWER_SILENCE_MS, () => question(id)).finally(() => signal?.removeEventListener('abort', stop));
  };
  return {
    async start(options, onProgress) {
      // Progress has a port of its own, so the last of it may arrive after the outcome: then it is no news.
      let settled = false;
      const telling = proxy((progress: LoadProgress) => {
        if (settled) return;
        watchdog.expectWithin(START_SILENCE_MS);
        onProgress(progress);
      });
      const info = await ask(START_SILENCE_MS, () => remote.start(options, telling)).finally(() => {
        settled = true;
      });
      if (info.persistent && info.downloadedBytes > 0) void askToPersist();
      return info;
    },
    scan: (text, request, signal) =>
      askAbortably((id) => {
        asked = { text, under: request };
        return remote.scan(id, text, request);
      }, signal),
    scanTurn: (request, signal) =>
      askAbortably((id) => {
        asked = { text: request.text, under: { policy: request.policy } };
        return remote.scanTurn(id, request);
      }, signal),
    prepareTurns: (onProgress) => ask(START_SILENCE_MS, () => remote.prepareTurns(proxy(onProgress))),
    attribution: (text, request, signal) => askAbortably((id) => remote.attribution(id, text, request), signal),
    checkToolCall: (request, onProgress, signal) => askAbortably((id) => remote.checkToolCall(id, request, proxy(onProgress)), signal),
    embed: (text) => ask(ANSWER_SILENCE_MS, () => remote.embed(text)),
    terminate: end,
  };
}
