import type { Backend, ErrorData, Policy, TextContext, Verdict } from '@portcullis/core';

/** Which backend the caller wants: `auto` takes the best that the device has, the others force one. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** How far loading has come. */
export type LoadProgress =
  | {
      readonly phase: 'download' | 'verify';
      /** File name of the bundle, or `runtime`. */
      readonly artifact: string;
      /** Bytes of everything needed, so far and in all. `total` is known once the manifest is read. */
      readonly loaded: number;
      readonly total: number;
      readonly fromCache: boolean;
    }
  | { readonly phase: 'start'; readonly backend: Backend };

/** What is running, once ready. */
export interface EngineInfo {
  readonly backend: Backend;
  /** `id@version`. */
  readonly bundle: string;
  /** Bytes of models and runtime that came over the network this time; 0 when the store had everything. */
  readonly downloadedBytes: number;
  /** False when IndexedDB is refused: models stay in memory and load anew next time. */
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
  scan(id: number, text: string, context: TextContext): Promise<Outcome<Verdict | null>>;
  abort(id: number): void;
  /** Embeddings of a text's windows: unit vectors, in order. */
  embed(text: string): Promise<Outcome<Float32Array[]>>;
}
