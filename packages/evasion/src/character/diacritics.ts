import type { Transform } from '../transform.ts';

/** Combining grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, caron, dot below and line below. */
const MARKS = ['\u0300', '\u0301', '\u0302', '\u0303', '\u0304', '\u0306', '\u0307', '\u0308', '\u030A', '\u030C', '\u0323', '\u0332'] as const;

/** A combining mark on most Latin letters. */
export const diacritics: Transform = {
  name: 'diacritics',
  family: 'character',
  readable: true,
  reference: 'PyRIT DiacriticConverter; Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 2, plus: 0 },
  apply: (text, random) => text.replace(/[A-Za-z]/g, (letter) => (random.chance(0.7) ? letter + random.pick(MARKS) : letter)),
};
