import type { AisecopsFeatures } from './aisecops-manifest.ts';
import type { HubInfo, HubProgress } from './hub-protocol.ts';
import type { FileProgress, Outcome } from './protocol.ts';

/** How far loading has come: of the models' files with a `total`, then of the encoder's and the runtime, then of the texts that others are compared with. */
export type AisecopsProgress =
  | FileProgress
  | HubProgress
  /** `done` of `total` texts are embedded; told only where they were not kept from an earlier visit. */
  | { readonly phase: 'embed'; readonly done: number; readonly total: number };

/** Where models and encoder come from; URLs are absolute and end with a slash. */
export interface AisecopsSource {
  readonly bundle: string;
  readonly host: string;
  /** Texts of known attacks; this project's own if left out. */
  readonly known: readonly string[] | undefined;
}

/** What loading came to. */
export interface AisecopsInfo extends HubInfo {
  /** What the published files do not say and the conversion assumed, a line each. */
  readonly assumed: readonly string[];
}

/** What a conversation's last turn came to. */
export interface AisecopsScore {
  /** The fusion's probability of an attack, in [0, 1]. */
  readonly score: number;
  /** Whether `score` reaches `threshold`. */
  readonly isAttack: boolean;
  /** The published one. */
  readonly threshold: number;
  /** What the fusion joined, not normalised. */
  readonly features: AisecopsFeatures;
  /** Turns that were read. Of a single one there is no trajectory: `trajectory_score` is the mean of its training, and counts for nothing. */
  readonly turns: number;
  readonly latencyMs: number;
}

/** What the worker exposes. Its questions must not overlap. */
export interface AisecopsApi {
  load(source: AisecopsSource, onProgress: (progress: AisecopsProgress) => void): Promise<Outcome<AisecopsInfo>>;
  /** @param turns One at least, oldest first. */
  score(turns: readonly string[]): Promise<Outcome<AisecopsScore>>;
}
