import type { Normalised } from '../normalise.ts';
import { leetLetters } from '../words/leet.ts';
import { unglued } from '../words/unglued.ts';
import { type Reading, readAs, type View } from './view.ts';

// Letters one by one, with one and the same separator between them: `i g n o r e`, `i.g.n.o.r.e`, `i - g - n`.
const RUN = /(?<![A-Za-z0-9])[A-Za-z0-9@$](?:[ .\-_*/|,~\n]{1,3}[A-Za-z0-9@$](?![A-Za-z0-9])){3,}/g;
const LETTER = /[A-Za-z0-9@$]/;

/**
 * Letters set apart, joined again. A gap in the original that is wider than the ones inside words is a blank; where all gaps are
 * the same, known words say where the blanks were. Enumerations and initials join to no known word and stay.
 */
export const spacedLetters: View = (source) => {
  const readings: Reading[] = [];
  for (const { 0: run, index } of source.text.matchAll(RUN)) {
    const words = joinedLetters(source, index, index + run.length);
    readings.push({ start: index, end: index + run.length, text: words.join(' '), words });
  }
  return readAs(source, readings);
};

/** The words that single letters in a range make up. */
function joinedLetters(source: Normalised, start: number, end: number): string[] {
  const places: number[] = [];
  for (let at = start; at < end; at += 1) if (LETTER.test(source.text[at] ?? '')) places.push(at);
  const gaps = places.slice(1).map((at, nth) => (source.offsets[at] ?? 0) - (source.offsets[places[nth] ?? 0] ?? 0));
  const usual = gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY);
  const glued: string[] = [];
  let word = '';
  places.forEach((at, nth) => {
    if (nth > 0 && (gaps[nth - 1] ?? 0) > usual) {
      glued.push(word);
      word = '';
    }
    word += source.text[at] ?? '';
  });
  glued.push(word);
  // Letters of one gap are one word or many; a digit among them is one more disguise, since the whole run reads as words or not at all.
  if (!/[A-Za-z]/.test(glued.join(''))) return glued;
  const letters = glued.map(leetLetters);
  return letters.length > 1 ? letters : unglued(letters[0] ?? '');
}
