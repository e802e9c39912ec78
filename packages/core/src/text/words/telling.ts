import { isAttackWord, wordsOf } from './lexicon.ts';

/** Words from which a text says something by itself. */
export const PHRASE_WORDS = 3;

const OTHER_SCRIPTS = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu;
const OTHER_LETTERS = 8;

/** Words, as blanks part them. */
export function wordCount(text: string): number {
  return text.trim().split(/\s+/).length;
}

/**
 * True of a part of a text that may be an order to a model: a phrase with a word that attacks need. The list knows nothing of other
 * scripts, so a phrase in one of them is taken for telling.
 */
export function isTelling(text: string): boolean {
  if (wordCount(text) >= PHRASE_WORDS && wordsOf(text).some(isAttackWord)) return true;
  return (text.match(OTHER_SCRIPTS)?.length ?? 0) >= OTHER_LETTERS;
}
