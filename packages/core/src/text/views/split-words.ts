import { isAttackWord, isKnown } from '../words/lexicon.ts';
import { type Reading, readAs, type View } from './view.ts';

const PIECES = /[A-Za-z]+/g;
// What may stand inside a split word: a blank, a soft break, or marks that a reader skips.
const BREAK = /^(?:[-.*_~|/\\+^`"']{1,4}|[-.*_]? ?\n ?| )$/;
const MOST_PIECES = 4;
const LONGEST = 16;
const SHORTEST = 5;

/**
 * Words cut in two to four (`ig-nore`, `inst ructions`, `pre**vious**`, `ig-⏎nore`), joined where that gives a word that attacks need
 * and the pieces are not words of their own.
 */
export const splitWords: View = (source) => {
  const pieces = [...source.text.matchAll(PIECES)].map(({ 0: text, index }) => ({ text, start: index, end: index + text.length }));
  const readings: Reading[] = [];
  for (let first = 0; first < pieces.length; first += 1) {
    let text = pieces[first]?.text ?? '';
    let strange = !isKnown(text);
    for (let next = first + 1; next < pieces.length && next < first + MOST_PIECES; next += 1) {
      const [before, piece] = [pieces[next - 1], pieces[next]];
      if (!before || !piece || piece.start - before.end > 4 || text.length + piece.text.length > LONGEST) break;
      if (!BREAK.test(source.text.slice(before.end, piece.start))) break;
      text += piece.text;
      strange ||= !isKnown(piece.text);
      if (strange && text.length >= SHORTEST && isAttackWord(text)) {
        readings.push({ start: pieces[first]?.start ?? 0, end: piece.end, text, words: [text] });
        first = next;
        break;
      }
    }
  }
  return readAs(source, readings);
};
