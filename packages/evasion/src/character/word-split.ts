import type { Transform } from '../transform.ts';

const CUTS = [' ', '-', '_', '.', ' - '] as const;

/** Most words of four letters and more are cut in two. */
export const wordSplit: Transform = {
  name: 'word-split',
  family: 'character',
  readable: true,
  reference: 'Schulhoff et al. 2023, HackAPrompt (arXiv 2311.16119); Li et al. 2019, TextBugger (arXiv 1812.05271)',
  growth: { times: 2, plus: 0 },
  apply: (text, random) => {
    const cut = random.pick(CUTS);
    return text.replace(/[\p{Lu}\p{Ll}]{4,}/gu, (word) => {
      if (random.chance(0.2)) return word;
      const letters = [...word];
      letters.splice(1 + random.int(letters.length - 1), 0, cut);
      return letters.join('');
    });
  },
};
