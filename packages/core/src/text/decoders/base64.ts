import { base64nopad } from '@scure/base';
import { textOfBytes } from '../words/bytes.ts';
import { isReadable } from '../words/readable.ts';
import { type Decoder, spansOf } from './decoder.ts';

// Lines of a wrapped block belong together: 76 and 64 characters are the usual widths, others occur.
const RUN = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{8,}(?:\n[A-Za-z0-9+/_-]{16,})*={0,2}/g;

/** Base64 (RFC 4648) in both alphabets, with or without padding, wrapped or not. Plain words and hashes have its look and decode to no text. */
export const base64: Decoder = {
  name: 'base64',
  detect: ({ text }) => spansOf(text, RUN).filter(([start, end]) => end - start >= 16 || /[A-Z0-9]/.test(text.slice(start + 1, end))),
  decode: (encoded) => {
    const plain = encoded.replace(/[\n=]/g, '').replaceAll('-', '+').replaceAll('_', '/');
    // One character over whole groups of four carries no byte.
    const whole = plain.length % 4 === 1 ? plain.slice(0, -1) : plain;
    try {
      const text = textOfBytes(base64nopad.decode(whole));
      return isReadable(text) ? [text] : [];
    } catch {
      return [];
    }
  },
};
