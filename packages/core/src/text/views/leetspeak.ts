import { rewritten } from '../rewrite.ts';
import { knownLanguages } from '../words/languages.ts';
import { leetLetters } from '../words/leet.ts';
import { isKnown, isShort } from '../words/lexicon.ts';
import { isMeant, isThroughout, type Reading, type View } from './view.ts';

const WORD = /[\p{L}\d_@$!|+]+/gu;
// A sign that a letter follows: digits at a word's end number it (`rule5`) and disguise nothing by themselves.
const INSIDE = /[0-9@$!|+](?=\p{L})/u;
const SIGN = /[0-9@$!|+]/;
// Alone these are numbers and rules of tables.
const NO_WORD = /^[0-35-9|+$_]$/;
// What is left of a word behind an apostrophe: no number stands there.
const SHORTENED = /^(?:s|t|m|d|re|ve|ll)$/;
// A vowel beside a sign for `i` or `l`.
const ARTICLE = /^(?:l[aeo]|[ei]l)$/;
// `B2B`, `x2y`: a digit that stands for a letter only where others do.
const RATHER_DIGIT = /2/;
const LETTER = /\p{L}/u;
const LETTERS_TOGETHER = /\p{L}{2}/u;
const LETTERS_ONLY = /^\p{L}+$/u;
const LONGEST = 24;

/**
 * Digits and signs as the letters they stand for, in words that mix them with letters, if that uncovers words that attacks need or if a third of
 * the words are mixed, in whatever language. The word list decides instead of a dictionary or of letter pairs: `utf8`, `h264` and `B2B` uncover
 * no word on it. Once the disguise is sure, short words and single signs are read as well, and a sign of two meanings as the text's language has it.
 */
export const leetspeak: View = (source, languages = knownLanguages()) => {
  if (!INSIDE.test(source.text)) return source;
  const mixed: Reading[] = [];
  const doubtful: Reading[] = [];
  let words = 0;
  for (const { 0: run, index } of source.text.matchAll(WORD)) {
    words += LETTER.test(run) ? 1 : 0;
    const word = run.slice(0, LONGEST + 4).replace(/[!|+]{1,4}$/, '');
    if (word.length > LONGEST || !SIGN.test(run)) continue;
    const shortened = leetLetters(run, (text) => SHORTENED.test(text));
    const inside = INSIDE.test(word);
    const text = leetLetters(word);
    const reading = { start: index, end: index + word.length, text, words: inside ? [text] : [] };
    if (SHORTENED.test(shortened) && isBehindApostrophe(source.text, index)) doubtful.push({ ...reading, end: index + run.length, text: shortened });
    else if (NO_WORD.test(run)) isFirstPerson(source.text, index) && doubtful.push(reading);
    else if (word.length > 1 && LETTERS_ONLY.test(text) && LETTER.test(word) && ((inside && !RATHER_DIGIT.test(word)) || isKnown(text))) mixed.push(reading);
    else if (isKnown(text) || isShort(text) || (LETTERS_ONLY.test(text) && LETTERS_TOGETHER.test(word))) doubtful.push(reading);
    else if (isShort(leetLetters(run))) doubtful.push({ ...reading, end: index + run.length, text: leetLetters(run) });
    else if (LETTERS_ONLY.test(text) && LETTER.test(word)) doubtful.push(reading);
  }
  if (!isMeant(mixed) && !isThroughout(mixed.filter(({ words }) => words.length > 0).length, words)) return source;
  const readings = [...mixed, ...doubtful].sort((one, other) => one.start - other.start);
  const shapes = languages.shapesFor(readings.map(({ text }) => text.toLowerCase()));
  const isWord = (word: string): boolean => isKnown(word) || isShort(word) || SHORTENED.test(word) || ARTICLE.test(word) || shapes.has(word.toLowerCase());
  const better = (reading: Reading): Reading => {
    if (isWord(reading.text)) return reading;
    const { start, end } = reading;
    const signs = /^[!|+]{0,2}/.exec(source.text.slice(end, end + 2))?.[0].length ?? 0;
    const whole = leetLetters(source.text.slice(start, end + signs), isWord);
    return isWord(whole) ? { ...reading, end: end + signs, text: whole } : { ...reading, text: leetLetters(source.text.slice(start, end), isWord) };
  };
  return rewritten(source, readings.map(better));
};

/** True of a place behind an apostrophe that a word or a sign stands before. */
function isBehindApostrophe(text: string, index: number): boolean {
  return /[\p{L}\d@$!|][’']$/u.test(text.slice(Math.max(0, index - 2), index));
}

/** True of a `1` with an apostrophe behind it (`1'm`), or a blank on either side and a letter next. */
function isFirstPerson(text: string, index: number): boolean {
  return /^1(?:[’']\p{L}| [\p{L}@$])/u.test(text.slice(index, index + 3)) && (index === 0 || /[\s"“]/.test(text[index - 1] ?? ''));
}
