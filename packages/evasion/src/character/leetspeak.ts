import type { Transform } from '../transform.ts';

const DIGITS: Readonly<Record<string, string>> = { a: '4@', b: '8', e: '3', g: '9', i: '1!', l: '1', o: '0', s: '5$', t: '7', z: '2' };

/** Most letters that have a digit or sign of their shape become it. */
export const leetspeak: Transform = {
  name: 'leetspeak',
  family: 'character',
  readable: true,
  reference: 'garak; PyRIT LeetspeakConverter; Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 1, plus: 0 },
  apply: (text, random) =>
    text.replace(/[abegilostz]/gi, (letter) => {
      const digits = DIGITS[letter.toLowerCase()];
      if (digits === undefined || random.chance(0.3)) return letter;
      return digits.charAt(random.int(digits.length));
    }),
};
