import { leetLetters } from '../words/leet.ts';
import { isKnown } from '../words/lexicon.ts';
import { type Reading, readAs, type View } from './view.ts';

const WORD = /[\w@$!|+]{2,}/g;
// A sign that a letter follows: digits at a word's end number it (`rule5`) and disguise nothing by themselves.
const INSIDE = /[0-9@$!|+](?=[A-Za-z])/;
const SIGN = /[0-9@$!|+]/;
const LONGEST = 24;

/**
 * Digits and signs as the letters they stand for, in words that mix them with letters, if that uncovers words that attacks need.
 * The word list decides instead of a dictionary or of letter pairs: `utf8`, `h264` and `B2B` uncover no word on it.
 */
export const leetspeak: View = (source) => {
  if (!INSIDE.test(source.text)) return source;
  const readings: Reading[] = [];
  for (const { 0: run, index } of source.text.matchAll(WORD)) {
    const word = run.slice(0, LONGEST + 4).replace(/[!|+]{1,4}$/, '');
    if (word.length < 2 || word.length > LONGEST || !SIGN.test(word) || !/[A-Za-z]/.test(word)) continue;
    const text = leetLetters(word);
    if (!/^[A-Za-z]+$/.test(text)) continue;
    const inside = INSIDE.test(word);
    if (inside || isKnown(text)) readings.push({ start: index, end: index + word.length, text, words: inside ? [text] : [] });
  }
  return readAs(source, readings);
};
