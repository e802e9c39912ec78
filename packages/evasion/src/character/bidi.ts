import type { Transform } from '../transform.ts';

const OVERRIDE = '\u202E';
const POP = '\u202C';

/** Half of the words stored backwards between a right-to-left override and its end: on a screen they read as before. */
export const bidi: Transform = {
  name: 'bidi',
  family: 'character',
  readable: true,
  reference: 'Boucher and Anderson 2021, Trojan Source (arXiv 2111.00169); Boucher et al. 2022, Bad Characters (arXiv 2106.09898)',
  growth: { times: 2, plus: 0 },
  // No letter with a mark behind it: turned round, the mark would sit on another one.
  apply: (text, random) =>
    text.replace(/\p{Script=Latin}{2,}(?!\p{M})/gu, (word) => (random.chance(0.5) ? OVERRIDE + [...word].reverse().join('') + POP : word)),
};
