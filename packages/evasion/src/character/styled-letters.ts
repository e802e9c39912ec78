import type { Transform } from '../transform.ts';

/** First capital of the mathematical alphabets without gaps: bold, bold script, bold Fraktur, sans-serif bold, monospace. */
const STYLES = [0x1d400, 0x1d4d0, 0x1d56c, 0x1d5d4, 0x1d670] as const;

/** Latin letters from one of Unicode's mathematical alphabets. */
export const styledLetters: Transform = {
  name: 'styled-letters',
  family: 'character',
  readable: true,
  reference: 'Parseltongue; Unicode UTR #25',
  growth: { times: 2, plus: 0 },
  apply: (text, random) => {
    const capital = random.pick(STYLES);
    return text.replace(/[A-Za-z]/g, (letter) => {
      const code = letter.charCodeAt(0);
      return String.fromCodePoint(code < 0x61 ? capital + code - 0x41 : capital + 26 + code - 0x61);
    });
  },
};
