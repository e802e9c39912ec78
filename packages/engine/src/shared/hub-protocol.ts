import type { HubModelName } from './hub-models.ts';
import type { Outcome } from './protocol.ts';

/** How far loading an encoder has come. */
export type HubProgress =
  /** `loaded`: bytes of this file so far. */
  | { readonly phase: 'download' | 'verify'; readonly artifact: string; readonly loaded: number; readonly fromCache: boolean }
  /** Another tab is downloading this file; told again every few seconds. */
  | { readonly phase: 'wait'; readonly artifact: string }
  | { readonly phase: 'start' };

/** Which encoder, and where from. */
export interface HubSource {
  readonly model: HubModelName;
  /** Absolute URL, with a slash at its end, below which files are at `{repo}/resolve/{revision}/{file}`. */
  readonly host: string;
}

/** What loading came to. */
export interface HubInfo {
  /** Bytes that came over the network this time; 0 when the store had everything. */
  readonly downloadedBytes: number;
  /** False when IndexedDB is refused or out of room: what could not be kept loads anew next time. */
  readonly persistent: boolean;
}

/** What the worker exposes. */
export interface HubApi {
  load(source: HubSource, onProgress: (progress: HubProgress) => void): Promise<Outcome<HubInfo>>;
  /** A unit vector a text, in order. */
  embed(texts: readonly string[]): Promise<Outcome<Float32Array[]>>;
}
