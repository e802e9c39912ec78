import { isKnown, wordsOf } from '../words/lexicon.ts';
import { cipheredSpans } from './ciphered-spans.ts';
import type { Decoder } from './decoder.ts';
import { namedSpans } from './named-spans.ts';

/**
 * Finds what is in a cipher: English by its words, else what the text calls so, in any language.
 * @param ciphered The known words under the cipher, as `cipheredSpans` takes them.
 * @param name How texts call the cipher.
 * @param looks True of a range that speaks for it by itself, in any language.
 */
export function detectCipher(ciphered: ReadonlyMap<string, string>, name: RegExp, looks: (range: string) => boolean): Decoder['detect'] {
  return (source) => {
    const spans = cipheredSpans(source, ciphered);
    const named = namedSpans(source, name, (range) => looks(range) || hides(range, ciphered));
    // In other languages a few words are English by chance: what is called so is more than they.
    return named.some(([start, end]) => spans.every((span) => start <= span[0] && span[1] <= end)) ? named : spans;
  };
}

/** Words under the cipher that are proof enough where its name is said. */
const NAMED_PROOF = 2;

/** True of a range that more known words come out of than stand in it. */
function hides(range: string, ciphered: ReadonlyMap<string, string>): boolean {
  const words = [...new Set(wordsOf(range.toLowerCase()))];
  const hidden = words.filter((word) => ciphered.has(word) && !isKnown(word)).length;
  return hidden >= NAMED_PROOF && hidden > words.filter(isKnown).length;
}
