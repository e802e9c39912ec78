import { base32nopad } from '@scure/base';
import { textOfBytes } from '../words/bytes.ts';
import { isReadable } from '../words/readable.ts';
import { type Decoder, spansOf } from './decoder.ts';

const RUN = /(?<![A-Za-z0-9])(?:[A-Z2-7]{16,}|[a-z2-7]{16,})={0,6}(?![A-Za-z0-9])/g;
/** Characters over whole groups of eight that carry whole bytes (RFC 4648, section 6). */
const REMAINDERS = new Set([0, 2, 4, 5, 7]);

/** Base32 (RFC 4648), in one case, with or without padding. */
export const base32: Decoder = {
  name: 'base32',
  detect: ({ text }) => spansOf(text, RUN),
  decode: (encoded) => {
    const plain = encoded.replace(/=/g, '').toUpperCase();
    if (!REMAINDERS.has(plain.length % 8)) return [];
    try {
      const text = textOfBytes(base32nopad.decode(plain));
      return isReadable(text) ? [text] : [];
    } catch {
      return [];
    }
  },
};
