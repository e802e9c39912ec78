import { isKnown } from '../words/lexicon.ts';
import { type Reading, readAs, type View } from './view.ts';

const REPEATED = /([A-Za-z])\1\1/;
const WORD = /[A-Za-z]{4,}/g;

/** Drawn-out words (`ignooore`, `syyystem`) at their plain length: each run of three or more letters read as two or as one. */
export const repeats: View = (source) => {
  if (!REPEATED.test(source.text)) return source;
  const readings: Reading[] = [];
  for (const { 0: word, index } of source.text.matchAll(WORD)) {
    if (!REPEATED.test(word)) continue;
    const twice = word.replace(/([A-Za-z])\1{2,}/g, '$1$1');
    const once = word.replace(/([A-Za-z])\1{2,}/g, '$1');
    const text = isKnown(twice) ? twice : once;
    readings.push({ start: index, end: index + word.length, text, words: [text] });
  }
  return readAs(source, readings);
};
