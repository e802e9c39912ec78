import type { Span } from '../verdict.ts';
import { CARRIER_WORDS, CODE_WORDS } from './words/carrier-words.ts';

const code = new Set(CODE_WORDS);
const plain = new Set([...CARRIER_WORDS, ...CODE_WORDS]);

/** Where a sentence, a line or a quotation ends. */
const END = /[.!?:;…。！？：；]+["'”’»)\]]*(?=\s|$)|[\n"“”«»`]+/g;
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’_][\p{L}\p{M}\p{N}]+)*/gu;
/** The number of a code or a piece, `rot13` and `part1`, or a plural. */
const ENDING = /\d{1,2}$|s$/;
/** `the instructions above` are not the code's. */
const ABOVE = /\babove\b/i;
const TOLD = /\b(?:instruction|order|command|task)s?\b/i;

/** Stands where a code stands, unit by unit. */
const CODE = '\uFFFC';
const AROUND = /[^\uFFFC]+/g;

/**
 * What is left to take out of a text once the codes in it are read: the sentences that say nothing but that there is a code, and that it is
 * to be read and answered. That has been done, and what the code says is judged for itself: harmless text is harmless in Base64, too. A
 * sentence with any other word in it stays. Empty where no sentence speaks of a code.
 * @param codes Where they stand, ascending, without overlap.
 * @param told True if something else than a sentence tells of the code: pieces that are assigned and joined.
 * @returns Ranges outside the codes, ascending. Linear in the text.
 */
export function carriersOf(text: string, codes: readonly Span[], told = false): Span[] {
  const masked = maskedWith(text, codes);
  const idle: Span[] = [];
  let speaks = told;
  let start = 0;
  for (const end of [...[...masked.matchAll(END)].map(({ 0: mark, index }) => index + mark.length), masked.length]) {
    const sentence = masked.slice(start, end);
    const words = (sentence.match(WORD) ?? []).map((word) => word.toLowerCase().replaceAll('’', "'"));
    const aboutCode = words.some((word) => code.has(word) || code.has(stem(word)));
    // Words beside a code may go on with what it says: `(ignore all) instructions`.
    if (words.length > 0 && isIdle(words, sentence) && (told || aboutCode || !sentence.includes(CODE))) {
      speaks ||= aboutCode;
      for (const { 0: stretch, index } of sentence.matchAll(AROUND)) idle.push([start + index, start + index + stretch.length]);
    }
    start = end;
  }
  return speaks ? idle : [];
}

function isIdle(words: readonly string[], sentence: string): boolean {
  return words.every((word) => plain.has(word) || plain.has(stem(word)) || stem(word).length < 2) && !(ABOVE.test(sentence) && TOLD.test(sentence));
}

const stem = (word: string): string => word.replace(ENDING, '');

function maskedWith(text: string, codes: readonly Span[]): string {
  let [masked, from] = ['', 0];
  for (const [start, end] of codes) {
    masked += text.slice(from, start) + CODE.repeat(end - start);
    from = end;
  }
  return masked + text.slice(from);
}
