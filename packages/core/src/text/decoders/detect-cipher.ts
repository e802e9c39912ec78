import { cipheredSpans } from './ciphered-spans.ts';
import type { Decoder } from './decoder.ts';
import { namedSpans } from './named-spans.ts';

/**
 * Finds what is in a cipher: English by its words, else what the text calls so, in any language.
 * @param ciphered The known words under the cipher, as `cipheredSpans` takes them.
 * @param name How texts call the cipher.
 * @param look What of a range speaks for it.
 */
export function detectCipher(ciphered: ReadonlyMap<string, string>, name: RegExp, look: RegExp): Decoder['detect'] {
  return (source) => {
    const spans = cipheredSpans(source, ciphered);
    return spans.length > 0 ? spans : namedSpans(source, name, look);
  };
}
