import { rewritten } from '../rewrite.ts';
import { isAttackWord, KNOWN_WORDS } from '../words/lexicon.ts';
import { wordTable } from '../words/word-table.ts';
import { isThroughout, type Reading, readAs, type View } from './view.ts';

const SHORTEST = 4;
const LONGEST = 16;
/** Words of fewer letters have neighbours that are words as well (`cloud` and `could`): they are read, but are no evidence. */
const SHORTEST_EVIDENCE = 6;

/** First letter, the middle sorted, last letter → the word. */
const BY_SHAPE = new Map(
  [...KNOWN_WORDS]
    .filter((word) => word.length >= SHORTEST)
    .reverse()
    .map((word) => [shapeOf(word), word]),
);
/** What a word must begin and end with to be worth sorting. */
const ENDS = new Set([...BY_SHAPE.keys()].map(endsOf));

/**
 * Words whose inner letters were shuffled (`ignroe prveiuos`), which models read as people do. Two known words or one that attacks need
 * must come out, or a third of all; a slip of the pen in an ordinary word is no evidence.
 */
export const scrambled: View = (source) => {
  const readings: Reading[] = [];
  for (const word of wordTable(source)) {
    if (word.known || word.text.length < SHORTEST || word.text.length > LONGEST || !ENDS.has(endsOf(word.text))) continue;
    const text = BY_SHAPE.get(shapeOf(word.text));
    if (text !== undefined) readings.push({ start: word.start, end: word.end, text, words: isEvidence(text) ? [text] : [] });
  }
  const long = wordTable(source).filter(({ text }) => text.length >= SHORTEST).length;
  return isThroughout(readings.length, long) ? rewritten(source, readings) : readAs(source, readings);
};

function isEvidence(word: string): boolean {
  return word.length >= SHORTEST_EVIDENCE || (word.length === SHORTEST_EVIDENCE - 1 && isAttackWord(word));
}

function shapeOf(word: string): string {
  return word[0] + [...word.slice(1, -1)].sort().join('') + word.at(-1);
}

/** First letter, last letter and length. */
function endsOf(word: string): string {
  return `${word[0]}${word.at(-1)}${word.length}`;
}
