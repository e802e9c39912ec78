import { isKnown, isShort } from '../text/words/lexicon.ts';

/** A word of a text, folded for comparison, and where it stands. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Letters and digits in a row; of scripts without blanks each character. Marks, case and Markdown make no difference. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** The words of a text, in order. Linear in its length. */
export function placedWords(text: string): PlacedWord[] {
  return [...text.matchAll(WORD)].map(({ 0: found, index }) => ({ word: folded(found), start: index, end: index + found.length }));
}

function folded(word: string): string {
  const lower = word.toLowerCase();
  return /^[a-z0-9]+$/.test(lower)
    ? lower
    : lower
        .replace(/['’]s?$|['’]/g, '')
        .normalize('NFD')
        .replace(/\p{M}/gu, '');
}

/** Words that say nothing of what a text is about: of English by list, and whatever has one or two letters. */
const FUNCTION_WORDS = new Set(
  'the and that for are but not you all any can had her was one our out has him his how now she who did its let too this will your from they have been when with just like only such than them well were what where which while about after also because being before both some more most much each every other into over under then there these those their upon very would could should shall may might must whether if of to in on at by as is be it or an a i me my we us do does'.split(
    ' ',
  ),
);

/** What a word says when it turns up again: nothing of function words, little of common ones, most of names, numbers and rare words. */
export function weightOf(word: string): number {
  if (/\d/.test(word)) return word.length > 1 ? 1.25 : 0.5;
  if (FUNCTION_WORDS.has(word) || isShort(word)) return 0.15;
  return isKnown(word) || word.length < 3 ? 0.75 : 1.25;
}

/** English endings taken off, so that a retold sentence meets its source: `refunds`, `refunded` and `refunding` are one. */
export function stemOf(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word;
  const stem = word.replace(/(?:ations?|ingly|edly|ments?|ness|ings?|ies|ied|ed|ly|es|s|e|y)$/, '');
  return stem.length >= 3 ? stem : word;
}
