import { rewritten } from '../rewrite.ts';
import { leetLetters } from '../words/leet.ts';
import { isKnown, isShort } from '../words/lexicon.ts';
import { isMeant, isThroughout, type Reading, type View } from './view.ts';

const WORD = /[\p{L}\d_@$!|+]+/gu;
// A sign that a letter follows: digits at a word's end number it (`rule5`) and disguise nothing by themselves.
const INSIDE = /[0-9@$!|+](?=\p{L})/u;
const SIGN = /[0-9@$!|+]/;
// Alone these are numbers and rules of tables.
const NO_WORD = /^[0-35-9|+$_]$/;
const LETTER = /\p{L}/u;
const LETTERS_TOGETHER = /\p{L}{2}/u;
const LETTERS_ONLY = /^\p{L}+$/u;
const LONGEST = 24;

/**
 * Digits and signs as the letters they stand for, in words that mix them with letters, if that uncovers words that attacks need or if a third of
 * the words are mixed, in whatever language. The word list decides instead of a dictionary or of letter pairs: `utf8`, `h264` and `B2B` uncover
 * no word on it. Once the disguise is sure, short words and single signs are read as well.
 */
export const leetspeak: View = (source) => {
  if (!INSIDE.test(source.text)) return source;
  const mixed: Reading[] = [];
  const doubtful: Reading[] = [];
  let words = 0;
  for (const { 0: run, index } of source.text.matchAll(WORD)) {
    words += LETTER.test(run) ? 1 : 0;
    const word = run.slice(0, LONGEST + 4).replace(/[!|+]{1,4}$/, '');
    if (word.length > LONGEST || !SIGN.test(run) || NO_WORD.test(run)) continue;
    const inside = INSIDE.test(word);
    const text = leetLetters(word);
    const reading = { start: index, end: index + word.length, text, words: inside ? [text] : [] };
    if (word.length > 1 && LETTERS_ONLY.test(text) && LETTER.test(word) && (inside || isKnown(text))) mixed.push(reading);
    else if (isKnown(text) || isShort(text) || (LETTERS_ONLY.test(text) && LETTERS_TOGETHER.test(word))) doubtful.push(reading);
    else if (isShort(leetLetters(run))) doubtful.push({ ...reading, end: index + run.length, text: leetLetters(run) });
  }
  if (!isMeant(mixed) && !isThroughout(mixed.filter(({ words }) => words.length > 0).length, words)) return source;
  return rewritten(
    source,
    [...mixed, ...doubtful].sort((one, other) => one.start - other.start),
  );
};
