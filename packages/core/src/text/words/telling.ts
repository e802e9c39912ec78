import { wordsOf } from './lexicon.ts';
import { ORDER_WORDS } from './order-words.ts';

/** Words from which a text says something by itself. */
export const PHRASE_WORDS = 3;

const OTHER_SCRIPTS = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu;
const LETTERS = /\p{L}/gu;
/** Letters from which a text is taken to be in a language. */
const FEWEST = 8;

/** Words, as blanks part them. */
export function wordCount(text: string): number {
  return text.trim().split(/\s+/).length;
}

/** Letters of other scripts from which a text says something: many part no words by blanks. */
const FEWEST_UNPARTED = 4;

/** True of a text with letters of other scripts enough to say something, in how many words nobody counts. */
export function isUnparted(text: string): boolean {
  return (text.match(OTHER_SCRIPTS)?.length ?? 0) >= FEWEST_UNPARTED;
}

/** True of a text that says something by itself. */
export function isSentence(text: string): boolean {
  return wordCount(text) >= PHRASE_WORDS || isUnparted(text);
}

const orders = new Set(ORDER_WORDS);

/** True of a part of a text that gives a model orders, as far as the list knows: `least` different words of such orders stand in it. */
export function givesOrders(text: string, least: number): boolean {
  const words = new Set(wordsOf(text).map((word) => word.toLowerCase()));
  let found = 0;
  for (const word of words) found += orders.has(word) ? 1 : 0;
  return found >= least;
}

/** True of a text that is written for the most part in other scripts than Latin: of those the lists of words know nothing. */
export function isForeign(text: string): boolean {
  const letters = text.match(LETTERS)?.length ?? 0;
  return letters >= FEWEST && 2 * (text.match(OTHER_SCRIPTS)?.length ?? 0) > letters;
}
