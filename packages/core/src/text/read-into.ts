import type { Span } from '../verdict.ts';
import { carriersOf } from './carriers.ts';
import { composed, renormalised } from './compose.ts';
import { decodingsOf } from './decoders/decodings.ts';
import { type Normalised, normalise } from './normalise.ts';
import type { Readings } from './readings.ts';
import { disjoint, type Edit, rewritten, standingFor } from './rewrite.ts';
import { plainReading } from './views/plain-reading.ts';
import { isSentence } from './words/telling.ts';

/** Encodings within encodings that are undone; attacks nest two or three. */
const DEPTH = 3;
/** Decodings of one text that are read; real ones hold a few, and each costs a pass. */
export const MOST_PAYLOADS = 16;

/** UTF-16 code units of a text from which a payload of a phrase or more is not also read where it stands: orders to obey it stand near it. */
export const MOST_IN_PLACE = 20_000;

const LETTER = /[\p{L}\p{N}]/u;

/**
 * Adds what a view says beyond what it shows: its plain reading and what is encoded in it, down to three layers. Payloads are read where
 * they stand, all at once, so that what goes with them is read too; one of a phrase or more is read alone as well.
 */
export function readInto(found: Readings, view: Normalised, provenance: readonly string[], depth = 0): void {
  const { view: plain, takenOff } = plainReading(view, found.languages);
  if (takenOff.length > 0) found.add(plain, [...provenance, ...takenOff]);
  found.undo(view, plain);
  if (depth >= DEPTH) return;

  const edits: Payload[] = [];
  for (const { decoder, span, text } of decodingsOf(view).slice(0, MOST_PAYLOADS)) {
    const phrase = isSentence(text);
    if (phrase) readPayload(found, standingFor(view, ...span, text), [...provenance, decoder], depth + 1);
    if (!phrase || view.text.length <= MOST_IN_PLACE) edits.push({ start: span[0], end: span[1], text, step: decoder, alone: phrase });
  }
  readInPlace(found, view, disjoint(edits), provenance, depth);
}

/** What was in code or in pieces, and what it says instead. */
export interface Payload extends Edit {
  /** How it was uncovered. */
  readonly step: string;
  /** True if it is read alone, too. */
  readonly alone: boolean;
}

/**
 * Adds a view with payloads where they stand, ascending and apart, without what but carries them (`carriersOf`), and takes the view itself
 * as undone. A payload that nothing else is left beside is not read twice.
 * @param told As `carriersOf` takes it.
 */
export function readInPlace(found: Readings, view: Normalised, payloads: readonly Payload[], provenance: readonly string[], depth = 0, told = false): void {
  if (payloads.length === 0) return;
  const shown = payloads.filter(({ text }) => text !== '');
  const spans = payloads.map(({ start, end }): Span => [start, end]);
  const edits = [...payloads, ...carriersOf(view.text, spans, told).map(([start, end]) => ({ start, end, text: '' }))].sort((a, b) => a.start - b.start);
  const whole = renormalised(rewritten(view, edits));
  const beside = rewritten(view, edits.map(erased)).text;
  const [only] = shown;
  const bare = shown.length === 1 && only?.alone === true && !LETTER.test(beside);
  const names = [...provenance, ...new Set(shown.map(({ step }) => step))];
  const fresh = !bare && found.add(whole, names);
  const reading = bare ? normalise(only.text) : whole;
  found.undo(view, reading);
  found.undo(plainReading(view, found.languages).view, reading);
  if (fresh) readInto(found, whole, names, depth + 1);
}

const erased = (edit: Edit): Edit => ({ ...edit, text: '' });

/** Adds a text that was encoded, hidden or split, and what is in it. */
export function readPayload(found: Readings, payload: Normalised, provenance: readonly string[], depth = 1): void {
  const view = composed(normalise(payload.text), payload);
  if (found.add(view, provenance)) readInto(found, view, provenance, depth);
}
