import type { Normalised } from '../normalise.ts';
import { disjoint, rewritten } from '../rewrite.ts';
import { leetLetters } from '../words/leet.ts';
import { unglued } from '../words/unglued.ts';
import { type Reading, readAs, type View } from './view.ts';

// Letters one by one, with one and the same separator between them: `i g n o r e`, `i.g.n.o.r.e`, `i - g - n`.
const RUN = /(?<![\p{L}\p{N}])[\p{L}\p{N}@$](?:[ .\-_*/|,~\n]{1,3}[\p{L}\p{N}@$](?![\p{L}\p{N}])){3,}/gu;
/** The same of two or three letters: words in a text that is set apart throughout, nothing elsewhere. */
const SHORT_RUN = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[.\-_*/|~][\p{L}\p{N}](?![\p{L}\p{N}])){1,2}(?![ .\-_*/|,~\n]{1,3}[\p{L}\p{N}](?![\p{L}\p{N}]))/gu;
const LETTER = /[\p{L}\p{N}@$]/u;
const LETTERS = /[\p{L}\p{N}]/gu;
/** Letters of runs, and their share of all, from which a text is set apart throughout, in whatever language. */
const MANY = 16;
const SHARE = 0.5;

/**
 * Letters set apart, joined again. A gap that differs from the usual one is the end of a word; where all gaps are
 * the same, known words say where the blanks were. Enumerations and initials join to no known word and stay.
 */
export const spacedLetters: View = (source) => {
  const readings: Reading[] = [];
  let apart = 0;
  for (const { 0: run, index } of source.text.matchAll(RUN)) {
    const words = joinedLetters(source, index, index + run.length);
    readings.push({ start: index, end: index + run.length, text: words.join(' '), words });
    apart += run.match(LETTERS)?.length ?? 0;
  }
  if (apart < MANY || apart < SHARE * (source.text.match(LETTERS)?.length ?? 0)) return readAs(source, readings);
  const starts = new Set(readings.map(({ start }) => start));
  for (const { 0: run, index } of source.text.matchAll(SHORT_RUN)) {
    if (!starts.has(index)) readings.push({ start: index, end: index + run.length, text: (run.match(LETTERS) ?? []).join(''), words: [] });
  }
  return rewritten(source, disjoint(readings));
};

/** The words that single letters in a range make up. */
function joinedLetters(source: Normalised, start: number, end: number): string[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) if (LETTER.test(source.text[at] ?? '')) places.push(at);
  // What parts two letters: the signs between them, and how wide the gap was before blanks were folded.
  const gaps = places.slice(1).map((at, nth) => {
    const before = places[nth] ?? 0;
    return `${source.text.slice(before + 1, at)} ${(source.offsets[at] ?? 0) - (source.offsets[before] ?? 0)}`;
  });
  const usual = commonest(gaps);
  const glued = [''];
  places.forEach((at, nth) => {
    if (nth > 0 && gaps[nth - 1] !== usual) glued.push('');
    glued.push((glued.pop() ?? '') + (source.text[at] ?? ''));
  });
  // A digit among letters is one more disguise; digits alone are numbers.
  if (!/\p{L}/u.test(glued.join(''))) return glued;
  const letters = glued.map((word) => (/\p{L}/u.test(word) ? leetLetters(word) : word));
  return letters.length > 1 ? letters : unglued(letters[0] ?? '');
}

function commonest(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [best, most]: [string | undefined, number] = [undefined, 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
