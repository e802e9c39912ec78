import type { EngineInfo, EngineState, Redaction, SaidTurn, Verdict } from '@portcullis/guard';
import type { Settings } from './settings/settings.ts';

/** One line of the conversation. A blocked prompt is none: it leaves a `held` note without its text, one for all in a row. */
export type Message =
  | { readonly kind: 'user'; readonly id: number; readonly text: string; readonly verdict: Verdict; readonly overridden: boolean }
  | { readonly kind: 'held'; readonly id: number; readonly count: number }
  | { readonly kind: 'waiting'; readonly id: number; readonly label: string }
  | {
      readonly kind: 'assistant';
      readonly id: number;
      /** As far as it has come, with placeholders for what was taken out. */
      readonly text: string;
      readonly label: string;
      readonly redactions: readonly Redaction[];
      /** Why the gate ended it, if it did. */
      readonly stopped?: string;
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string };

/** The last verdict, with the text it is of: the findings' spans mean nothing without it. */
export interface LastVerdict {
  readonly text: string;
  readonly verdict: Verdict;
}

/** Milliseconds that scans took. */
export interface SpeedState {
  /** Of the texts of this visit. */
  readonly visit: readonly number[];
  /** Of a measurement, as far as it is: `of` scans in all, or why it ended early. */
  readonly measured?: { readonly latencies: readonly number[]; readonly of: number; readonly failed?: string };
}

export interface AppState {
  /** `unasked` until a person has agreed to fetch the models. */
  readonly engine: EngineState | { readonly phase: 'unasked' };
  /** Known once the guard has run, and while it rests. */
  readonly thresholds?: EngineInfo['thresholds'];
  readonly messages: readonly Message[];
  readonly last?: LastVerdict;
  readonly speed: SpeedState;
  /** What the guard keeps of the conversation. */
  readonly turns: readonly SaidTurn[];
  readonly settings: Settings;
  readonly panelOpen: boolean;
}

/** True once something was sent. */
export function hasBegun({ messages }: AppState): boolean {
  return messages.some((message) => message.kind === 'user');
}

/** A value that tells when it changes. */
export interface Store<T> {
  get(): T;
  update(change: (state: T) => T): void;
}

/** Calls `listener` once for all changes made in one turn of the event loop. */
export function createStore<T>(initial: T, listener: (state: T) => void): Store<T> {
  let state = initial;
  let queued = false;
  return {
    get: () => state,
    update(change) {
      state = change(state);
      if (queued) return;
      queued = true;
      queueMicrotask(() => {
        queued = false;
        listener(state);
      });
    },
  };
}
