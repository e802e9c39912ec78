import { KNOWN_WORDS } from '../words/lexicon.ts';
import { cipheredSpans } from './ciphered-spans.ts';
import type { Decoder } from './decoder.ts';

const CIPHERED = new Map([...KNOWN_WORDS].map((word) => [rotated(word), word]));

/** English in ROT13: found by its commonest words as ROT13 writes them. */
export const rot13: Decoder = {
  name: 'rot13',
  detect: (source) => cipheredSpans(source, CIPHERED),
  decode: (encoded) => [rotated(encoded)],
};

function rotated(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode((code & 31) > 13 ? code - 13 : code + 13);
  });
}
