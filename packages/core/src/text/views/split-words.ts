import { type Edit, rewritten } from '../rewrite.ts';
import { isAttackWord, isKnown, KNOWN_WORDS } from '../words/lexicon.ts';
import { type Word, wordTable } from '../words/word-table.ts';
import { isMeant, isThroughout, type Reading, type View } from './view.ts';

// What may stand inside a split word: a blank, a soft break, or marks that a reader skips.
const BREAK = /^(?: ?[-.*_~|/\\+^`"']{1,4} ?|[-.*_]? ?\n ?| )$/;
const CUTTING = /^(?:[-.*_~|/\\+^`]| - )$/;
const MOST_PIECES = 4;
const SHORTEST = 4;
/** Letters of a word that two others make up by chance no more. */
const LONG = 7;

// Short words and parts of compounds that ordinary text sets apart: `log in`, `user-name`, `e-mail`.
const PARTS = new Set(
  'a i in on of to by up it is as at be do go he if me my no or so us we an am log pass ride load web site hook mail chat bot pre non re un dis e per pro mis s'.split(
    ' ',
  ),
);
/** Every beginning of a known word: most pairs of words end here. */
const BEGINNINGS = new Set([...KNOWN_WORDS].flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1))));
/** A compound of a letter, whose hyphen is a matter of taste. */
const COMPOUNDS = new Set(['email', 'emails']);

/**
 * Words cut in two to four (`ig-nore`, `ig - nore`, `inst ructions`, `pre**vious**`, `ig-⏎nore`), joined where that gives a known word and a piece is
 * none, if words that attacks need are among them. Once that is so, whatever the same marks cut is joined.
 */
export const splitWords: View = (source) => {
  const pieces = wordTable(source);
  const readings: Cut[] = [];
  for (let first = 0; first < pieces.length; first += 1) {
    const cut = cutAt(source.text, pieces, first);
    if (cut === undefined) continue;
    readings.push(cut);
    first += cut.pieces - 1;
  }
  const telling = readings.filter(({ words }) => words.length > 0);
  const marks = marksThroughout(source.text, pieces);
  if (isMeant(readings)) for (const { mark } of telling) marks.add(mark);
  else if (marks.size === 0) return source;
  marks.delete(' ');
  return rewritten(source, withSameMarks(source.text, pieces, readings, marks));
};

interface Cut extends Reading {
  readonly pieces: number;
  /** What stood inside the word. */
  readonly mark: string;
}

/** The known word that begins with a piece and goes on in the next ones. */
function cutAt(text: string, pieces: readonly Word[], first: number): Cut | undefined {
  const head = pieces[first];
  if (!head || !BEGINNINGS.has(head.text)) return undefined;
  let letters = head.text;
  let strange = isStrange(head);
  for (let next = first + 1; next < pieces.length && next < first + MOST_PIECES; next += 1) {
    const [before, piece] = [pieces[next - 1], pieces[next]];
    if (!before || !piece || piece.start - before.end > 4) return undefined;
    strange ||= isStrange(piece);
    letters += piece.text;
    if (!BEGINNINGS.has(letters)) return undefined;
    if (!strange || letters.length < SHORTEST || !isKnown(letters) || COMPOUNDS.has(letters)) continue;
    const marks = pieces.slice(first, next).map((one, nth) => text.slice(one.end, pieces[first + nth + 1]?.start));
    if (!marks.every((mark) => BREAK.test(mark))) return undefined;
    // Blanks and line ends cut ordinary words as well: there an attack word must come out, or a long one.
    const words = isAttackWord(letters) || letters.length >= LONG || !marks.some((mark) => /\s/.test(mark)) ? [letters] : [];
    return {
      start: head.start,
      end: piece.end,
      text: text.slice(head.start, head.end) + letters.slice(head.text.length),
      words,
      pieces: marks.length + 1,
      mark: marks[0] ?? '',
    };
  }
  return undefined;
}

/** Marks that cut words all over a text, in whatever language: names with hyphens or underscores are made of known words. */
function marksThroughout(text: string, pieces: readonly Word[]): Set<string> {
  const counts = new Map<string, number>();
  let all = pieces.length;
  for (let nth = 1; nth < pieces.length; nth += 1) {
    const [before, piece] = [pieces[nth - 1], pieces[nth]];
    if (!before || !piece || piece.start - before.end > 3) continue;
    const mark = text.slice(before.end, piece.start);
    if (!CUTTING.test(mark)) continue;
    all -= 1;
    if (isStrange(before) || isStrange(piece)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => isThroughout(count, all)).map(([mark]) => mark));
}

/** The cuts, and those of words that the list does not know: pieces that the same marks part, other than blanks. */
function withSameMarks(text: string, pieces: readonly Word[], cuts: readonly Cut[], marks: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (let nth = 0; nth < pieces.length; nth += 1) {
    const start = pieces[nth]?.start ?? 0;
    while ((cuts[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    const cut = cuts[at];
    if (cut && cut.start === start) {
      edits.push(cut);
      nth += cut.pieces - 1;
      continue;
    }
    let last = nth;
    while (last + 1 < pieces.length && last + 1 < nth + MOST_PIECES && marks.has(text.slice(pieces[last]?.end, pieces[last + 1]?.start))) last += 1;
    const run = pieces.slice(nth, last + 1);
    if (run.length < 2 || run.every(({ known }) => known)) continue;
    const end = run.at(-1)?.end ?? start;
    edits.push({ start, end, text: run.map((piece) => text.slice(piece.start, piece.end)).join('') });
    nth = last;
  }
  return edits;
}

function isStrange({ known, text }: Word): boolean {
  return !known && !PARTS.has(text);
}
