import type { Random } from '../random.ts';
import type { Family, Transform } from '../transform.ts';
import { SENTENCES } from './benign-sentences.ts';

/** Six to fifteen ordinary sentences: up to the better part of a model's window. */
function filler(random: Random): string {
  return random
    .shuffle(SENTENCES)
    .slice(0, 6 + random.int(10))
    .join(' ');
}

const base = {
  family: 'wording' as Family,
  readable: true,
  reference: 'Schulhoff et al. 2023, HackAPrompt: context overflow and distractors (arXiv 2311.16119)',
  growth: { times: 1, plus: 2000 },
};

/** Ordinary text, then the text. */
export const prefixPadding: Transform = { ...base, name: 'prefix-padding', apply: (text, random) => `${filler(random)}\n\n${text}` };

/** The text, then ordinary text. */
export const suffixPadding: Transform = { ...base, name: 'suffix-padding', apply: (text, random) => `${text}\n\n${filler(random)}` };
