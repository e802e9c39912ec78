/** A text in an event of a model's stream. */
export interface EventText {
  /** Which of the stream's texts it belongs to. */
  readonly channel: string;
  readonly text: string;
  /** The event as it would be with another text, and with nothing else. */
  readonly saying: (text: string) => unknown;
  /** Whether what comes of it is asked for again: see `restWith`. */
  readonly kept?: boolean;
}

/** What an event holds, as far as a gate cares. */
export interface ReadEvent {
  readonly texts: readonly EventText[];
  /** The texts that are whole before `rest` is sent on: those whose channel begins so. */
  readonly ends: readonly string[];
  /** The event without its texts; nothing if it was nothing else. */
  readonly rest?: unknown;
  /** `rest` where an event says again what was said: made of what was let out of each kept text. */
  readonly restWith?: (said: (channel: string) => string) => unknown;
}

/** How a provider's events are read and written. */
export interface Dialect {
  /** Nothing for an event that is not of this provider, or that the gate does not know. */
  readonly read: (data: unknown) => ReadEvent | undefined;
  /** Events that end an answer early, in the provider's own words, behind the last event of the text that was ended. */
  readonly stopped: (last: unknown) => readonly { readonly event?: string; readonly data: string }[];
}

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
