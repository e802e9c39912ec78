import type { Attribution, Backend, ErrorData, Policy, TextContext, Thresholds, Verdict } from '@portcullis/core';
import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import type { Measured, RunTimes } from './measured.ts';
import type { TurnRequest, TurnScan } from './scan-turn.ts';

/** Which backend the caller wants: `auto` takes the best that the device has, the others force one. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** How far the files of a bundle have come. */
export type FileProgress =
  | {
      readonly phase: 'download' | 'verify';
      /** File name of the bundle, or `runtime`. */
      readonly artifact: string;
      /**
       * Bytes of the models needed, so far and in all; of the runtime its own. What earlier visits left of a download counts as there.
       * `loaded` falls back where a file has to be fetched once more from its beginning.
       */
      readonly loaded: number;
      readonly total: number;
      readonly fromCache: boolean;
    }
  /** Another tab is downloading this file; told again every few seconds. */
  | { readonly phase: 'wait'; readonly artifact: string };

/** How far loading has come. */
export type LoadProgress = FileProgress | { readonly phase: 'start'; readonly backend: Backend };

/** What is running, once ready. */
export interface EngineInfo {
  readonly backend: Backend;
  /** `id@version`. */
  readonly bundle: string;
  /** Bytes of models and runtime that came over the network this time, those of broken tries included; 0 when the store had everything. */
  readonly downloadedBytes: number;
  /** False when IndexedDB is refused or out of room: models stay in memory, and what could not be kept loads anew next time. */
  readonly persistent: boolean;
  /** Score from which a text is blocked, and from which a person is asked: the bundle's own, as the engine tells them; the policy's, as a guard does. */
  readonly thresholds: Thresholds;
  /** Milliseconds from the request to readiness. */
  readonly loadMs: number;
  /** What the backend was chosen by, where its candidates were measured on this device; left out where feature detection alone chose, or the caller. */
  readonly measured?: Measured;
}

export interface StartOptions {
  /** Absolute URL of the bundle's folder, with a slash at its end. A URL's content never changes: a new bundle has a new URL. */
  readonly bundle: string;
  readonly backend: BackendChoice;
}

/** Where a text comes from, and the policy that rules on it: guards of several policies can share an engine. */
export interface ScanRequest extends TextContext {
  readonly policy: Policy;
}

/** A user's turn, those before it, and the policy that rules on it. */
export interface ScanTurnRequest extends TurnRequest {
  readonly policy: Policy;
}

/** A call to be checked, and the policy that rules on it. */
export interface CheckRequest extends ToolCallRequest {
  readonly policy: Policy;
}

/** A sign of life, posted beside comlink's own messages: the worker is at work, and may be silent for as many milliseconds from now. */
export interface SignOfLife {
  readonly silenceMs: number;
}

/** Most silence that a start may keep after its last progress: a slow network between two chunks, a GPU that compiles. */
export const START_SILENCE_MS = 120_000;
/** Most silence that a question to a worker at rest may meet before its first sign of life. */
export const ANSWER_SILENCE_MS = 30_000;
/** Most silence over one batch of windows, or over reading the text before the first. A fair device takes a second for a batch. */
export const BATCH_SILENCE_MS = 60_000;
/** A software adapter, which only runs where WebGPU is forced, may take so many times as long: its first run took minutes on a busy machine. */
export const SOFTWARE_GPU_SLOWNESS = 10;

/** A text as the worker got it, what it was read under, and the verdict: the one that stands in the value beside this. */
export interface JudgedText {
  readonly text: string;
  readonly under: ScanRequest;
  readonly verdict: Verdict;
}

/** A result that survives the worker boundary with its error's code. */
export type Outcome<T> = { readonly ok: true; readonly value: T; readonly judged?: JudgedText } | { readonly ok: false; readonly error: ErrorData };

/** What the worker exposes. Of its questions, `abort` aside, only one may run at a time: sessions must not overlap. */
export interface EngineApi {
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<Outcome<EngineInfo>>;
  /** `id` names the scan for `abort`, among checks of calls, too. An aborted scan ends with `{ok: true, value: null}`. */
  scan(id: number, text: string, request: ScanRequest): Promise<Outcome<Verdict | null>>;
  /** Loads what `scanTurn` takes besides texts, and tells how far that is. A turn that comes before it loads what it needs itself. */
  prepareTurns(onProgress: (progress: LoadProgress) => void): Promise<Outcome<null>>;
  /** As `scan`. */
  scanTurn(id: number, request: ScanTurnRequest): Promise<Outcome<TurnScan | null>>;
  /** As `scan`. The first call loads the verifier, and tells how far that is. */
  checkToolCall(id: number, request: CheckRequest, onProgress: (progress: LoadProgress) => void): Promise<Outcome<ToolVerdict | null>>;
  /** As `scan`: the words that make the verdict. */
  attribution(id: number, text: string, request: ScanRequest): Promise<Outcome<Attribution | null>>;
  abort(id: number): void;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Outcome<Float32Array[]>>;
  /** How fast this engine is: asked by the worker that measures another backend against its own. */
  measure(): Promise<Outcome<RunTimes>>;
}
