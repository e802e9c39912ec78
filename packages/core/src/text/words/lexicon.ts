import { ATTACK_WORDS } from './attack-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { DICTIONARY } from './dictionary.ts';

const attack = new Set(ATTACK_WORDS);
const known = new Set([...COMMON_WORDS, ...DICTIONARY, ...ATTACK_WORDS]);
const weak = new Set(DICTIONARY);

/** Every known word, in lower case: for tables that other modules derive from it. */
export const KNOWN_WORDS: ReadonlySet<string> = known;

/** True of a word on the lists, in any case. */
export function isKnown(word: string): boolean {
  return known.has(word.toLowerCase());
}

// Too many runs of one or two letters are words by chance: these are no evidence, but tell how to read a text whose disguise is sure.
const short = new Set('a i am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we'.split(' '));

/** True of an English word of one or two letters, in any case. */
export function isShort(word: string): boolean {
  return short.has(word.toLowerCase());
}

/** True of a word that attacks need, in any case. */
export function isAttackWord(word: string): boolean {
  return attack.has(word.toLowerCase());
}

/** How much speaks for a disguise having been undone: attack words weigh two, common words one, others half; short ones nothing, and each counts once. */
export function evidence(words: Iterable<string>): number {
  let sum = 0;
  for (const word of new Set(words)) if (word.length > 3) sum += weightOf(word.toLowerCase());
  return sum;
}

function weightOf(word: string): number {
  if (attack.has(word)) return 2;
  if (weak.has(word)) return 0.5;
  return known.has(word) ? 1 : 0;
}

/** Evidence from which a fold is worth a variant: one attack word or two ordinary ones. */
export const ENOUGH_EVIDENCE = 2;

const WORDS = /[A-Za-z]{3,}/g;

/** The text's ASCII words of three letters or more. */
export function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? [];
}
