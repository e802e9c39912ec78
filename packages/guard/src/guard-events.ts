import type { ErrorData, Verdict } from '@portcullis/core';
import type { EngineInfo, EngineState, LoadProgress } from '@portcullis/engine';

/** A text that was scanned, and what was said of it. */
export interface ScannedText {
  readonly text: string;
  readonly verdict: Verdict;
}

/** What a guard tells, by the event's name. */
export interface GuardEvents {
  /** Every verdict on a text, those of streamed answers included. */
  readonly verdict: ScannedText;
  /** How far loading is. */
  readonly progress: LoadProgress;
  /** The engine has started: what runs now. Told again after each recovery, as that may run on something else. */
  readonly backend: EngineInfo;
  /** The engine could not be started, or was lost over a text; the next call starts it again. */
  readonly error: ErrorData;
  /** Each change of `Guard.state`. */
  readonly state: EngineState;
}

export type GuardEventName = keyof GuardEvents;
export type GuardListener<Name extends GuardEventName> = (event: GuardEvents[Name]) => void;

/** Who listens to a guard. */
export interface Listeners {
  on<Name extends GuardEventName>(name: Name, listener: GuardListener<Name>): () => void;
  tell<Name extends GuardEventName>(name: Name, event: GuardEvents[Name]): void;
}

/** Listeners by event. What one of them throws is the page's error: neither the guard nor another listener meets it. */
export function createListeners(): Listeners {
  const all: { readonly [Name in GuardEventName]: Set<GuardListener<Name>> } = {
    verdict: new Set(),
    progress: new Set(),
    backend: new Set(),
    error: new Set(),
    state: new Set(),
  };
  return {
    on(name, listener) {
      const listeners: Set<typeof listener> = all[name];
      // A function of this subscription's own: the same listener may be given twice.
      const own: typeof listener = (event) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    tell(name, event) {
      const listeners: Set<GuardListener<typeof name>> = all[name];
      for (const listener of [...listeners]) queueMicrotask(() => listeners.has(listener) && listener(event));
    },
  };
}
