import type { Transform } from '../transform.ts';

/** Each letter in a case of its own, as chance has it. */
export const caseFlip: Transform = {
  name: 'case-flip',
  family: 'character',
  readable: true,
  reference: 'PyRIT RandomCapitalLettersConverter; Hughes et al. 2024, Best-of-N Jailbreaking (arXiv 2412.03556)',
  // Some letters have no single capital: U+0390 becomes three units.
  growth: { times: 3, plus: 0 },
  apply: (text, random) => text.replace(/[\p{Lu}\p{Ll}]/gu, (letter) => (random.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase())),
};
