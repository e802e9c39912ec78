import { isKnown, KNOWN_WORDS } from '../words/lexicon.ts';
import { type Reading, readAs, type View } from './view.ts';

const WORD = /[A-Za-z]{5,16}/g;
/** First letter, the middle sorted, last letter → the word. */
const BY_SHAPE = new Map([...KNOWN_WORDS].filter((word) => word.length > 4).map((word) => [shapeOf(word), word]));

/**
 * Words whose inner letters were shuffled (`ignroe prveiuos`), which models read as people do. Two known words or one that attacks need
 * must come out; a slip of the pen in an ordinary word is no evidence.
 */
export const scrambled: View = (source) => {
  const readings: Reading[] = [];
  for (const { 0: run, index } of source.text.matchAll(WORD)) {
    if (isKnown(run)) continue;
    const text = BY_SHAPE.get(shapeOf(run.toLowerCase()));
    if (text !== undefined) readings.push({ start: index, end: index + run.length, text, words: [text] });
  }
  return readAs(source, readings);
};

function shapeOf(word: string): string {
  return word[0] + [...word.slice(1, -1)].sort().join('') + word.at(-1);
}
