import { hex as coder } from '@scure/base';
import { textOfBytes } from '../words/bytes.ts';
import { isReadable } from '../words/readable.ts';
import { type Decoder, spansOf } from './decoder.ts';

// Bare digits, or pairs with one kind of mark between or before them: `69 67`, `69:67`, `\x69\x67`, `0x69, 0x67`.
const RUN = /(?<![A-Za-z0-9])(?:0x)?(?:[0-9a-f]{2}){6,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])(?:(?:\\x|0x)?[0-9a-f]{2}(?:[ :,-] ?)?){4,}(?![A-Za-z0-9])/gi;

/** Hexadecimal bytes as UTF-8. Hashes, identifiers and colours have its look and decode to no text. */
export const hex: Decoder = {
  name: 'hex',
  detect: ({ text }) => spansOf(text, RUN),
  decode: (encoded) => {
    const digits = encoded.replace(/\\x|0x|[ :,-]/gi, '');
    if (digits.length % 2 === 1) return [];
    const text = textOfBytes(coder.decode(digits));
    return isReadable(text) ? [text] : [];
  },
};
