import type { Backend, ErrorData, PolicyInput, Verdict } from '@portcullis/core';

/** How far loading has come. `total` is known from the manifest before the first byte arrives. */
export type LoadProgress =
  | { readonly phase: 'download' | 'verify'; readonly artifact: string; readonly loaded: number; readonly total: number; readonly fromCache: boolean }
  | { readonly phase: 'start'; readonly backend: Backend };

/** What is running, once ready. */
export interface EngineInfo {
  readonly backend: Backend;
  readonly bundle: string;
  /** Bytes that came over the network this time; 0 when everything was in the store. */
  readonly downloadedBytes: number;
  /** False when IndexedDB is refused (private windows, policies): models stay in memory and load anew next time. */
  readonly persistent: boolean;
  /** Score at and above which the policy in force blocks, and the one from which it warns. */
  readonly thresholds: { readonly block: number; readonly warn: number };
  /** Milliseconds from `createGuard` to ready. */
  readonly loadMs: number;
}

export interface GuardOptions {
  /** URL of the bundle's folder, the one that holds `manifest.json`. Relative URLs resolve against the page. */
  readonly bundle: string | URL;
  readonly policy?: PolicyInput;
  /** `auto` picks WebGPU on a real adapter and WASM elsewhere; the others force. */
  readonly backend?: 'auto' | 'webgpu' | 'wasm';
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface ScanOptions {
  readonly signal?: AbortSignal;
}

/** A running guard. Everything heavy is in its worker. */
export interface Guard {
  /** Settles when the models are loaded, or rejects with a `PortcullisError` that says why they could not be. */
  readonly ready: Promise<EngineInfo>;
  /**
   * Scans one text. Waits for `ready`. Never rejects for a failure of the engine: that gives a `degraded` verdict, blocked
   * or allowed as the policy's `fail` says.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for what is no string.
   */
  scan(text: string, options?: ScanOptions): Promise<Verdict>;
  /** Ends the worker and frees its memory. */
  close(): void;
}

export type { ErrorData };
