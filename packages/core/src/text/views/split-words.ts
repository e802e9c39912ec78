import { ATTACK_WORDS } from '../words/attack-words.ts';
import { isAttackWord } from '../words/lexicon.ts';
import { wordTable } from '../words/word-table.ts';
import { type Reading, readAs, type View } from './view.ts';

// What may stand inside a split word: a blank, a soft break, or marks that a reader skips.
const BREAK = /^(?:[-.*_~|/\\+^`"']{1,4}|[-.*_]? ?\n ?| )$/;
const MOST_PIECES = 4;
const SHORTEST = 5;

// Short words and parts of compounds that ordinary text sets apart: `log in`, `user-name`, `e-mail`.
const PARTS = new Set(
  'a i in on of to by up it is as at be do go he if me my no or so us we an am log pass ride load web site hook mail chat bot pre non re un dis e per pro mis s'.split(
    ' ',
  ),
);
/** Every beginning of an attack word: most pairs of words end here. */
const BEGINNINGS = new Set(ATTACK_WORDS.flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1))));
/** A compound of a letter, whose hyphen is a matter of taste. */
const COMPOUNDS = new Set(['email', 'emails']);

/**
 * Words cut in two to four (`ig-nore`, `inst ructions`, `pre**vious**`, `ig-⏎nore`), joined where that gives a word that attacks need
 * and a piece is no word of its own.
 */
export const splitWords: View = (source) => {
  const pieces = wordTable(source);
  const readings: Reading[] = [];
  for (let first = 0; first < pieces.length; first += 1) {
    const head = pieces[first];
    if (!head || !BEGINNINGS.has(head.text)) continue;
    let text = head.text;
    let strange = isStrange(head.text, head.known);
    for (let next = first + 1; next < pieces.length && next < first + MOST_PIECES; next += 1) {
      const [before, piece] = [pieces[next - 1], pieces[next]];
      if (!before || !piece || piece.start - before.end > 4) break;
      strange ||= isStrange(piece.text, piece.known);
      text += piece.text;
      if (!BEGINNINGS.has(text)) break;
      if (!strange || text.length < SHORTEST || !isAttackWord(text) || COMPOUNDS.has(text)) continue;
      if (!isBroken(source.text, pieces.slice(first, next + 1))) break;
      readings.push({ start: head.start, end: piece.end, text: source.text.slice(head.start, head.end) + text.slice(head.text.length), words: [text] });
      first = next;
      break;
    }
  }
  return readAs(source, readings);
};

function isStrange(piece: string, known: boolean): boolean {
  return !known && !PARTS.has(piece);
}

function isBroken(text: string, pieces: readonly { readonly start: number; readonly end: number }[]): boolean {
  return pieces.every((piece, nth) => nth === 0 || BREAK.test(text.slice(pieces[nth - 1]?.end, piece.start)));
}
