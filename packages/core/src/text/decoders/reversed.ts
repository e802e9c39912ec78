import { KNOWN_WORDS } from '../words/lexicon.ts';
import { isForeign } from '../words/telling.ts';
import { backwards } from './ciphers.ts';
import type { Decoder } from './decoder.ts';
import { detectCipher } from './detect-cipher.ts';

const CIPHERED = new Map([...KNOWN_WORDS].map((word) => [backwards(word), word]));

const NAME = /\b(?:backwards?|revers(?:ed?|al|ing)|mirror(?:ed)?|right.to.left)\b/i;
// What ends a sentence before its first letter, or a capital after a small one.
const TURNED = /(?<![\p{L}\p{N}])[.?!。？！؟।]["'”’»)]?[\p{L}\p{N}]|\p{Ll}\p{Lu}(?!\p{L})/u;

// A letter with what ends a sentence behind it.
const STRAIGHT = /[\p{L}\p{M}\p{N}]["'”’»)]?[.?!。？！؟।](?![\p{L}\p{N}])/u;
// A sign that ends or parts sentences, before a word and after a blank.
const WHOLE = /(?:^|\s)["'”’»)]?[.?!,;。？！؟।](?=[\p{L}\p{N}])/u;

/** English backwards, or what a text calls backwards and looks it, in any language, or may be it, in other scripts: the whole text, or each word in its place; only one of the two readings is in order, and both are given where the signs between the words do not tell which. */
export const reversed: Decoder = {
  name: 'reversed',
  detect: detectCipher(CIPHERED, NAME, (range) => TURNED.test(range) || isUndirected(range)),
  decode: (encoded) => {
    const whole = backwards(encoded);
    // No list of words tells which way other scripts read.
    if (!TURNED.test(encoded) && isUndirected(encoded)) return [whole, encoded];
    const words = encoded.replace(/[A-Za-z]+/g, backwards);
    return whole === words || words === encoded || WHOLE.test(encoded) ? [whole] : [whole, words];
  },
};

/** True of a text in another script with no sign that tells which way it reads. */
function isUndirected(text: string): boolean {
  return isForeign(text) && !STRAIGHT.test(text);
}
