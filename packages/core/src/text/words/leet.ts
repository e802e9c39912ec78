import { isKnown, isShort } from './lexicon.ts';

const LETTERS = new Map(
  Object.entries({ 0: 'o', 1: 'i', 2: 'z', 3: 'e', 4: 'a', 5: 's', 6: 'g', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '!': 'i', '|': 'l', '+': 't' }),
);
/** Signs that stand for either of two letters, and the second one. */
const SECOND = new Map(Object.entries({ 1: 'l', '!': 'l', '|': 'i', 9: 'q' }));
const SIGN = /[0-9@$!|+]/g;
/** Rather `ll` than `li`. */
const DOUBLE = /[1!|]{2}/;
/** Readings of one word that are tried: four signs of two meanings both ways. */
const MOST = 16;

const isWordHere = (word: string): boolean => isKnown(word) || isShort(word);

/** A word with digits and signs as letters: the first reading that is a known word, else the plainest. */
export function leetLetters(word: string, isWord: (word: string) => boolean = isWordHere): string {
  const first = DOUBLE.test(word) ? MOST - 1 : 0;
  for (let choice = 0; choice < MOST; choice += 1) {
    let doubtful = 0;
    const text = word.replace(SIGN, (sign) => {
      const second = SECOND.get(sign);
      const takeSecond = second !== undefined && (((choice ^ first) >> doubtful++) & 1) === 1;
      return (takeSecond ? second : LETTERS.get(sign)) ?? sign;
    });
    if (isWord(text)) return text;
    if (choice + 1 >= 1 << doubtful) break;
  }
  return word.replace(SIGN, (sign) => LETTERS.get(sign) ?? sign);
}
