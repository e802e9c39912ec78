import type { PolicyInput, TextContext, Verdict } from '@portcullis/core';
import type { BackendChoice, EngineInfo, LoadProgress } from '@portcullis/engine';

export interface GuardOptions {
  /** URL of the bundle's folder, the one that holds `manifest.json`; relative URLs resolve against the page. Its content must never change: a new bundle gets a new URL. */
  readonly bundle: string | URL;
  readonly policy?: PolicyInput;
  /** `auto` (the default) picks WebGPU on a real adapter and WASM elsewhere; the others force. */
  readonly backend?: BackendChoice;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/**
 * `role` says who speaks or what the text is (`user` if left out), `source` where it comes from: the policy may hold other values for them.
 * An answer, role `assistant`, is held against `systemPrompt` and `canaries` where they are given.
 */
export interface ScanOptions extends TextContext {
  readonly signal?: AbortSignal;
}

/** A running guard. Everything heavy is in its worker. */
export interface Guard {
  /** Settles when the models are loaded, or rejects with a `PortcullisError` that says why they could not be. */
  readonly ready: Promise<EngineInfo>;
  /**
   * Scans one text, once `ready`. A failure of the engine rejects nothing: it gives a `degraded` verdict, blocked or allowed as
   * the policy's `fail` says.
   * @throws {DOMException} `AbortError` when `signal` fires.
   * @throws {PortcullisError} `closed` after `close()`, `input-invalid` for what is no string, for a role that is none, and for a bad hidden context.
   */
  scan(text: string, options?: ScanOptions): Promise<Verdict>;
  /**
   * The encoder's view of one text, once `ready`: a unit vector of float32 [dimension] for each window of it, in order. For search
   * and clustering beside the guard.
   * @throws {PortcullisError} what `ready` rejects with, `inference-failed`, `closed`, `input-invalid`.
   */
  embed(text: string): Promise<Float32Array[]>;
  /** Ends the worker and frees its memory. Scans under way reject with `closed`. */
  close(): void;
}
