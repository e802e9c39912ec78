import { bytesOfBits, textOfBytes } from '../words/bytes.ts';
import { isReadable } from '../words/readable.ts';
import { type Decoder, spansOf } from './decoder.ts';

// Four letters of seven or eight bits, with blanks or without.
const RUN = /(?<![0-9A-Za-z])[01](?:[ ,\n]?[01]){27,}(?![0-9A-Za-z])/g;

/** Bits as text, eight to a byte or seven. */
export const binary: Decoder = {
  name: 'binary',
  detect: ({ text }) => spansOf(text, RUN),
  decode: (encoded) => {
    const bits = encoded.replace(/[^01]/g, '');
    for (const width of [8, 7] as const) {
      if (bits.length % width !== 0) continue;
      const text = textOfBytes(bytesOfBits(bits, width));
      if (isReadable(text)) return [text];
    }
    return [];
  },
};
