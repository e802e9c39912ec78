import { rewritten } from '../rewrite.ts';
import { isKnown } from '../words/lexicon.ts';
import { type Reading, readAs, type View } from './view.ts';

const MARKED = /[\u00C0-\u024F\u1E00-\u1EFF\p{M}]/u;
const WORD = /(?:[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]\p{M}*)+/gu;
const LETTERS = /\p{L}/gu;
/** Letters from which a word counts for or against a disguise. */
const SHORTEST = 3;
/** Least share of the accented words that read as known words without the accents. */
const SHARE = 0.4;
// What NFKC leaves apart: a letter with a mark that no Latin alphabet of Europe or Vietnam sets on it.
const LOOSE = /[A-Za-z\u00C0-\u024F\u1E00-\u1EFF]\p{M}/u;
/** Words with such marks that no ordinary text has together. */
const STACKED = 3;
const MARKS = /\p{M}+/gu;

// Letters with a stroke or a tail that no decomposition takes off.
const STRUCK = new Map(
  Object.entries({ ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ŧ: 't', ƀ: 'b', ƒ: 'f', ɨ: 'i', ŀ: 'l', ƙ: 'k', ƥ: 'p', ƭ: 't', ȼ: 'c' }),
);
const STRUCK_LETTERS = /[øđðħıłŧƀƒɨŀƙƥƭȼ]/giu;

/**
 * Accents taken off, if that uncovers words that attacks need, and marks that no alphabet sets on its letters: `ïgnörê` is no French, and French, German or
 * Vietnamese text, which has accents of its own, uncovers none.
 */
export const diacritics: View = (source) => {
  if (!MARKED.test(source.text)) return source;
  const all: Reading[] = [];
  for (const { 0: word, index } of source.text.matchAll(WORD)) {
    if (!MARKED.test(word)) continue;
    const text = word
      .normalize('NFD')
      .replace(MARKS, '')
      .replace(STRUCK_LETTERS, (letter) => STRUCK.get(letter.toLowerCase()) ?? letter);
    all.push({ start: index, end: index + word.length, text, words: [text] });
  }
  if (all.filter(({ start, end }) => LOOSE.test(source.text.slice(start, end))).length >= STACKED) return rewritten(source, all);
  const readings = all.filter(({ text }) => (text.match(LETTERS)?.length ?? 0) >= SHORTEST);
  const uncovered = readings.filter((reading) => isKnown(reading.text)).length;
  return uncovered < SHARE * readings.length ? source : readAs(source, readings);
};
