import { type Normalised, sliced } from '@portcullis/core';
import type { Chunk, Chunker } from './signals/chunks.ts';

const END = /[.!?…]["'”’»)\]]{0,2}(?=\s)|[。！？]|\n+/g;
/** UTF-16 code units of a text from which its windows are many, and the search would cost more than it finds. */
const LONGEST = 20_000;
const SAYING = /[\p{L}\p{N}]/u;

/** Sentences, or lines, from which a text has stretches to tell apart. */
const FEWEST = 4;
/** UTF-16 code units of a stretch: fewer are worded like anything by chance, more fill a window by themselves. */
const LEAST = 250;
const MOST = 1500;
/** Of the lexical logit: what a sentence must have to lengthen a stretch, and what a stretch must have, by itself and above the rest of its text. */
const LEVEL = -1;
const BAR = 0.5;
const GAP = 7;

/**
 * The stretch of sentences that is worded far more like an attack than the text around it, which would hide it in the window that they share:
 * the one with the greatest sum of logits above `LEVEL` (Kadane). Undefined where none is, and of a text of a few sentences.
 * Costs three passes of the chunker over the text, and none of the encoder. The bounds were set on training rows: of 720 long harmless
 * texts one was held back for its stretch, and one of another draw of 974.
 */
export function worstStretch(text: Normalised, chunker: Chunker): Normalised | undefined {
  if (text.text.length < 2 * LEAST || text.text.length > LONGEST) return undefined;
  const places = sentencesOf(text.text);
  if (places.length < FEWEST) return undefined;
  const worded = (start: number, end: number): number => worstOf(chunker(sliced(text, start, end)));
  const logits = places.map(([start, end]) => worded(start, end));
  const [first, last] = lengthened(places, logits, ...greatest(logits.map((logit) => logit - LEVEL)));
  const start = places[first]?.[0] ?? 0;
  const end = Math.min(places[last]?.[1] ?? 0, start + MOST);
  const logit = worded(start, end);
  if (logit < BAR) return undefined;
  const rest = `${text.text.slice(0, start)} ${text.text.slice(end)}`;
  if (!SAYING.test(rest)) return undefined;
  return logit - worstOf(chunker({ text: rest, offsets: new Uint32Array(rest.length + 1) })) < GAP ? undefined : sliced(text, start, end);
}

/** Sentences and lines that say something; what says nothing goes with the next. */
function sentencesOf(text: string): [start: number, end: number][] {
  const places: [number, number][] = [];
  let start = 0;
  for (const end of [...[...text.matchAll(END)].map(({ 0: mark, index }) => index + mark.length), text.length]) {
    if (!SAYING.test(text.slice(start, end))) continue;
    places.push([start, end]);
    start = end;
  }
  return places;
}

/** First and last of the run with the greatest sum. */
function greatest(values: readonly number[]): [first: number, last: number] {
  let best = { first: 0, last: 0, sum: Number.NEGATIVE_INFINITY };
  let [first, sum] = [0, 0];
  for (const [last, value] of values.entries()) {
    sum += value;
    if (sum > best.sum) best = { first, last, sum };
    if (sum <= 0) [first, sum] = [last + 1, 0];
  }
  return [best.first, best.last];
}

/** A run with as many of its neighbours, the more suspicious first, as make it long enough. */
function lengthened(places: readonly (readonly [number, number])[], logits: readonly number[], first: number, last: number): [first: number, last: number] {
  let [from, to] = [first, last];
  while ((places[to]?.[1] ?? 0) - (places[from]?.[0] ?? 0) < LEAST && to - from + 1 < places.length) {
    const [before = Number.NEGATIVE_INFINITY, after = Number.NEGATIVE_INFINITY] = [logits[from - 1], logits[to + 1]];
    if (before > after) from -= 1;
    else to += 1;
  }
  return [from, to];
}

const worstOf = (chunks: readonly Chunk[]): number => chunks.reduce((most, { logit }) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
