import { composed, renormalised } from './compose.ts';
import { decodingsOf } from './decoders/decodings.ts';
import { type Normalised, normalise } from './normalise.ts';
import type { Readings } from './readings.ts';
import { disjoint, type Edit, rewritten, standingFor } from './rewrite.ts';
import { plainReading } from './views/plain-reading.ts';
import { PHRASE_WORDS, wordCount } from './words/telling.ts';

/** Encodings within encodings that are undone; attacks nest two or three. */
const DEPTH = 3;
/** Decodings of one text that are read; real ones hold a few, and each costs a pass. */
export const MOST_PAYLOADS = 16;

/** UTF-16 code units of a text from which a payload of a phrase or more is not also read where it stands: orders to obey it stand near it. */
const MOST_IN_PLACE = 20_000;

/**
 * Adds what a view says beyond what it shows: its plain reading and what is encoded in it, down to three layers. Payloads are read where
 * they stand, all at once, so that what goes with them is read too; one of a phrase or more is read alone as well.
 */
export function readInto(found: Readings, view: Normalised, provenance: readonly string[], depth = 0): void {
  const { view: plain, takenOff } = plainReading(view);
  if (takenOff.length > 0) found.add(plain, [...provenance, ...takenOff]);
  found.undo(view, plain);
  if (depth >= DEPTH) return;

  const edits: (Edit & { readonly decoder: string })[] = [];
  for (const { decoder, span, text } of decodingsOf(view).slice(0, MOST_PAYLOADS)) {
    const phrase = wordCount(text) >= PHRASE_WORDS;
    if (phrase) readPayload(found, standingFor(view, ...span, text), [...provenance, decoder], depth + 1);
    if (!phrase || view.text.length <= MOST_IN_PLACE) edits.push({ start: span[0], end: span[1], text, decoder });
  }
  if (edits.length === 0) return;
  const inPlace = disjoint(edits);
  const whole = renormalised(rewritten(view, inPlace));
  const names = [...provenance, ...new Set(inPlace.map(({ decoder }) => decoder))];
  const fresh = found.add(whole, names);
  found.undo(view, whole);
  found.undo(plain, whole);
  if (fresh) readInto(found, whole, names, depth + 1);
}

/** Adds a text that was encoded, hidden or split, and what is in it. */
export function readPayload(found: Readings, payload: Normalised, provenance: readonly string[], depth = 1): void {
  const view = composed(normalise(payload.text), payload);
  if (found.add(view, provenance)) readInto(found, view, provenance, depth);
}
