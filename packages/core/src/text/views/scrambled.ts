import { isAttackWord, KNOWN_WORDS } from '../words/lexicon.ts';
import { wordTable } from '../words/word-table.ts';
import { type Reading, readAs, type View } from './view.ts';

const SHORTEST = 5;
const LONGEST = 16;
/** Ordinary words of fewer letters have neighbours that are words as well: `cloud` and `could`. */
const SHORTEST_ORDINARY = 6;

/** First letter, the middle sorted, last letter → the word. */
const BY_SHAPE = new Map(
  [...KNOWN_WORDS].filter((word) => word.length >= (isAttackWord(word) ? SHORTEST : SHORTEST_ORDINARY)).map((word) => [shapeOf(word), word]),
);
/** What a word must begin and end with to be worth sorting. */
const ENDS = new Set([...BY_SHAPE.keys()].map(endsOf));

/**
 * Words whose inner letters were shuffled (`ignroe prveiuos`), which models read as people do. Two known words or one that attacks need
 * must come out; a slip of the pen in an ordinary word is no evidence.
 */
export const scrambled: View = (source) => {
  const readings: Reading[] = [];
  for (const word of wordTable(source)) {
    if (word.known || word.text.length < SHORTEST || word.text.length > LONGEST || !ENDS.has(endsOf(word.text))) continue;
    const text = BY_SHAPE.get(shapeOf(word.text));
    if (text !== undefined) readings.push({ start: word.start, end: word.end, text, words: [text] });
  }
  return readAs(source, readings);
};

function shapeOf(word: string): string {
  return word[0] + [...word.slice(1, -1)].sort().join('') + word.at(-1);
}

/** First letter, last letter and length. */
function endsOf(word: string): string {
  return `${word[0]}${word.at(-1)}${word.length}`;
}
