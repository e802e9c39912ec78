import { composed, renormalised } from './compose.ts';
import { decodingsOf } from './decoders/decodings.ts';
import { type Normalised, normalise } from './normalise.ts';
import type { Readings } from './readings.ts';
import { type Edit, rewritten, standingFor } from './rewrite.ts';
import { plainReading } from './views/plain-reading.ts';
import { PHRASE_WORDS, wordCount } from './words/telling.ts';

/** Encodings within encodings that are undone; attacks nest two or three. */
const DEPTH = 3;
/** Decodings of one text that are read; real ones hold a few, and each costs a pass. */
export const MOST_PAYLOADS = 16;

/**
 * Adds what a view says beyond what it shows: its plain reading and what is encoded in it, down to three layers. A payload of a phrase or
 * more is read alone; shorter ones make sense only where they stand, and are read there, all at once.
 */
export function readInto(found: Readings, view: Normalised, provenance: readonly string[], depth = 0): void {
  const { view: plain, takenOff } = plainReading(view);
  if (takenOff.length > 0) found.add(plain, [...provenance, ...takenOff]);
  if (depth >= DEPTH) return;

  const edits: (Edit & { readonly decoder: string })[] = [];
  for (const { decoder, span, text } of decodingsOf(view).slice(0, MOST_PAYLOADS)) {
    if (wordCount(text) >= PHRASE_WORDS) readPayload(found, standingFor(view, ...span, text), [...provenance, decoder], depth + 1);
    else edits.push({ start: span[0], end: span[1], text, decoder });
  }
  if (edits.length === 0) return;
  const inPlace = disjoint(edits);
  const whole = renormalised(rewritten(view, inPlace));
  const names = [...provenance, ...new Set(inPlace.map(({ decoder }) => decoder))];
  if (found.add(whole, names)) readInto(found, whole, names, depth + 1);
}

/** Adds a text that was encoded, hidden or split, and what is in it. */
export function readPayload(found: Readings, payload: Normalised, provenance: readonly string[], depth = 1): void {
  const view = composed(normalise(payload.text), payload);
  if (found.add(view, provenance)) readInto(found, view, provenance, depth);
}

/** Edits in ascending order, without those that an earlier one overlaps. */
function disjoint<E extends Edit>(edits: readonly E[]): E[] {
  const kept: E[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  return kept;
}
