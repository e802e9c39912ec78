import type { Transform } from '../transform.ts';

const SEPARATORS = [' ', ' ', '-', '.', '_', '*'] as const;

/** A separator between all letters of a word; where that is a blank, words stand three blanks apart. */
export const letterSpacing: Transform = {
  name: 'letter-spacing',
  family: 'character',
  readable: true,
  reference: 'PyRIT CharacterSpaceConverter; Robust Intelligence 2024, Bypassing Prompt-Guard; Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 3, plus: 0 },
  apply: (text, random) => {
    const separator = random.pick(SEPARATORS);
    const words = separator === ' ' ? text.replaceAll(' ', '   ') : text;
    return words.replace(/(?<=[\p{L}\p{N}\p{M}])(?=[\p{L}\p{N}])/gu, separator);
  },
};
