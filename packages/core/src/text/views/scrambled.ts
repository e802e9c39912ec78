import { rewritten } from '../rewrite.ts';
import { isAttackWord } from '../words/lexicon.ts';
import { knownShapes } from '../words/shapes.ts';
import { wordTable } from '../words/word-table.ts';
import { isThroughout, type Reading, readAs, type View } from './view.ts';

const SHORTEST = 4;
/** Words of fewer letters have neighbours that are words as well (`cloud` and `could`): they are read, but are no evidence. */
const SHORTEST_EVIDENCE = 6;

/**
 * Words whose inner letters were shuffled (`ignroe prveiuos`), which models read as people do. Two known words or one that attacks need
 * must come out, or a third of all; a slip of the pen in an ordinary word is no evidence.
 */
export const scrambled: View = (source, shapes = knownShapes()) => {
  const readings: Reading[] = [];
  for (const word of wordTable(source)) {
    if (word.known || word.text.length < SHORTEST || shapes.has(word.text)) continue;
    const text = shapes.wordOf(word.text);
    if (text !== undefined && text !== word.text) readings.push({ start: word.start, end: word.end, text, words: isEvidence(text) ? [text] : [] });
  }
  const long = wordTable(source).filter(({ text }) => text.length >= SHORTEST).length;
  return isThroughout(readings.length, long) ? rewritten(source, readings) : readAs(source, readings);
};

function isEvidence(word: string): boolean {
  return word.length >= SHORTEST_EVIDENCE || (word.length === SHORTEST_EVIDENCE - 1 && isAttackWord(word));
}
