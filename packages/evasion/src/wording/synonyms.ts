import type { Random } from '../random.ts';
import type { Transform } from '../transform.ts';
import { SYNONYMS } from './synonym-lists.ts';

/** Every word of the lists, lower case, with the others of its list. */
const OTHERS = new Map(SYNONYMS.flatMap((list) => list.map((word) => [word, list.filter((other) => other !== word)] as const)));

// Longest first: `system prompt` before `prompt`.
const KNOWN = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${[...OTHERS.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}\\p{N}_])`, 'giu');

/** `like` in capitals, with a capital, or in small letters. */
function inCaseOf(like: string, word: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase();
  const first = like.charAt(0);
  return first === first.toUpperCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

function another(found: string, random: Random): string {
  const others = OTHERS.get(found.toLowerCase());
  return others === undefined ? found : inCaseOf(found, others[random.int(others.length)] ?? found);
}

/** Nearly every word that the lists know becomes another of the same meaning. English only; other words stay. */
export const synonyms: Transform = {
  name: 'synonyms',
  family: 'wording',
  readable: true,
  reference: 'Jin et al. 2020, TextFooler (arXiv 1907.11932); Schulhoff et al. 2023, HackAPrompt (arXiv 2311.16119)',
  growth: { times: 8, plus: 0 },
  apply: (text, random) => text.replace(KNOWN, (found) => (random.chance(0.1) ? found : another(found, random))),
};
