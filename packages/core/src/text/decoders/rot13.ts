import { KNOWN_WORDS } from '../words/lexicon.ts';
import { rotated } from './ciphers.ts';
import type { Decoder } from './decoder.ts';
import { detectCipher } from './detect-cipher.ts';

const CIPHERED = new Map([...KNOWN_WORDS].map((word) => [rotated(word), word]));

const NAME = /\brot.?13\b|\bcaesar\b/i;
const LETTERS = /[A-Za-z]{3}/;

/** English in ROT13, found by its words as ROT13 writes them, or what a text calls so, in any language. */
export const rot13: Decoder = {
  name: 'rot13',
  detect: detectCipher(CIPHERED, NAME, (range) => LETTERS.test(range)),
  decode: (encoded) => [rotated(encoded)],
};
