import { KNOWN_WORDS } from '../words/lexicon.ts';
import { cipheredSpans } from './ciphered-spans.ts';
import type { Decoder } from './decoder.ts';

const CIPHERED = new Map([...KNOWN_WORDS].map((word) => [backwards(word), word]));

/** English backwards: the whole text, or each word in its place; only one of the two readings is in order, and both are given. */
export const reversed: Decoder = {
  name: 'reversed',
  detect: (source) => cipheredSpans(source, CIPHERED),
  decode: (encoded) => {
    const whole = backwards(encoded);
    const words = encoded.replace(/[A-Za-z]+/g, backwards);
    return whole === words ? [whole] : [whole, words];
  },
};

function backwards(text: string): string {
  return [...text].reverse().join('');
}
