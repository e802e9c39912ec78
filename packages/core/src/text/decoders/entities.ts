import { decodeHTML } from 'entities/decode';
import { isReadable } from '../words/readable.ts';
import { type Decoder, spansOf } from './decoder.ts';

const RUN = /(?:&#(?:x0{0,6}[0-9a-f]{2,6}|0{0,6}\d{2,7});?[ \n]?){4,}/gi;

/** Text written out as numeric HTML entities, whatever its script: the view of markup takes plain letters only. */
export const entities: Decoder = {
  name: 'entities',
  detect: ({ text }) => (text.includes('&#') ? spansOf(text, RUN) : []),
  decode: (encoded) => {
    const text = decodeHTML(encoded);
    return isReadable(text) ? [text] : [];
  },
};
