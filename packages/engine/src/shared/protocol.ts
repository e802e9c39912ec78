import type { Backend, ErrorData, Origin, Policy, Verdict } from '@portcullis/core';

/** Which backend the caller wants: `auto` takes the best that the device has, the others force one. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** How far loading has come. */
export type LoadProgress =
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
  | { readonly phase: 'wait'; readonly artifact: string }
  | { readonly phase: 'start'; readonly backend: Backend };

/** What is running, once ready. */
export interface EngineInfo {
  readonly backend: Backend;
  /** `id@version`. */
  readonly bundle: string;
  /** Bytes of models and runtime that came over the network this time, those of broken tries included; 0 when the store had everything. */
  readonly downloadedBytes: number;
  /** False when IndexedDB is refused or out of room: models stay in memory, and what could not be kept loads anew next time. */
  readonly persistent: boolean;
  /** Score from which the policy in force blocks, and from which it warns. */
  readonly thresholds: { readonly block: number; readonly warn: number };
  /** Milliseconds from the request to readiness. */
  readonly loadMs: number;
}

export interface StartOptions {
  /** Absolute URL of the bundle's folder, with a slash at its end. A URL's content never changes: a new bundle has a new URL. */
  readonly bundle: string;
  readonly policy: Policy;
  readonly backend: BackendChoice;
}

/** A result that survives the worker boundary with its error's code. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

/** What the worker exposes. */
export interface EngineApi {
  start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<Outcome<EngineInfo>>;
  /** `id` names the scan for `abort`. An aborted scan ends with `{ok: true, value: null}`. */
  scan(id: number, text: string, origin: Origin): Promise<Outcome<Verdict | null>>;
  abort(id: number): void;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Outcome<Float32Array[]>>;
}
