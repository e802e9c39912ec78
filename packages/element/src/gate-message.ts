import type { ErrorData } from '@portcullis/guard';
import type { Gate } from './gate.ts';
import { type GateMessage, said } from './gate-said.ts';
import { en } from './locales/en.ts';

export { degradedNote } from './degraded-note.ts';
export type { GateMessage, Tone } from './gate-said.ts';

/** What a person can do about an error, in a sentence or two. */
export function adviceFor(error: ErrorData): string {
  return en.advice[error.code];
}

/** The words for a state, in English, advice included. */
export function messageOf(gate: Gate): GateMessage {
  return said(gate, en.gate, en.advice);
}
