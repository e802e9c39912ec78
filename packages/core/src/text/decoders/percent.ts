import { isReadable } from '../words/readable.ts';
import { isUnparted, PHRASE_WORDS, wordCount } from '../words/telling.ts';
import { type Decoder, spansOf } from './decoder.ts';

// Letters, which URLs need not encode, or a stretch that is encoded throughout: %20 and %2F alone are ordinary.
const RUN = /(?:[A-Za-z0-9_.~+-]{0,64}%[0-9A-Fa-f]{2}){3,}[A-Za-z0-9_.~-]{0,64}/g;
const LETTER = /%(?:4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/i;

/** Percent-encoded text (RFC 3986), if it encodes plain letters or reads as a sentence, in any script: a query of a URL that hides one. */
export const percent: Decoder = {
  name: 'percent',
  detect: ({ text }) => (text.includes('%') ? spansOf(text, RUN) : []),
  decode: (encoded) => {
    try {
      const text = decodeURIComponent(encoded).replaceAll('+', ' ');
      const sentence = wordCount(text) > PHRASE_WORDS || isUnparted(text);
      return (LETTER.test(encoded) || sentence) && isReadable(text) ? [text] : [];
    } catch {
      return [];
    }
  },
};
