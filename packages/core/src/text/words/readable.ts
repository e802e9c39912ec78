import { evidence, wordsOf } from './lexicon.ts';
import { isUnparted } from './telling.ts';

const CONTROL = /[\p{Cc}\p{Co}\p{Cn}\uFFFD]/u;
const LETTER = /[\p{L}\p{M}\p{N}\s]/gu;
/** Below this many characters chance makes readable text often enough that a known word must be among them. */
const CHANCE = 12;
const SHARE = 0.7;

/**
 * True of a decoding that reads as text, in any language: nothing unprintable, and at least 70 % letters, digits and blanks.
 * Of short ones in Latin letters a known word is asked as well.
 */
export function isReadable(text: string | undefined): text is string {
  if (text === undefined || text.trim().length < 4 || CONTROL.test(text.replace(/[\n\r\t]/g, ' '))) return false;
  if ((text.match(LETTER)?.length ?? 0) < SHARE * [...text].length || !/\p{L}/u.test(text)) return false;
  return text.length >= CHANCE || isUnparted(text) || evidence(wordsOf(text)) > 0;
}
