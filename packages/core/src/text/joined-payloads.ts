import type { Span } from '../verdict.ts';
import { identity } from './compose.ts';
import { decodingsOf } from './decoders/decodings.ts';
import { evidence, isKnown, wordsOf } from './words/lexicon.ts';
import { wordCount } from './words/telling.ts';

/** A text that the original spells out in pieces. */
export interface JoinedPayload {
  /** From the first piece to the last, in the text given. */
  readonly span: Span;
  readonly text: string;
  /** Where the pieces got their names, if they have any: told apart from the text, they say no more than it does. */
  readonly named: readonly Span[];
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where it got its name. */
  readonly named?: Span;
}

// A sign after a backslash is part of the literal, a quotation mark as well.
const QUOTED = String.raw`"((?:[^"\\\n]|\\[^\n]){0,4000})"|'((?:[^'\\\n]|\\[^\n]){0,4000})'|“([^”\n]{0,4000})”`;
const LITERAL = new RegExp(QUOTED, 'g');
const ESCAPE = /\\([^u])/g;
const BETWEEN_LITERALS = /^\s{0,4}(?:\+|\.|&|\|\|)\s{0,4}$/;
// Lists are written with commas too: they count only where the text asks for joining.
const BETWEEN_LISTED = /^\s{0,4}(?:\+|\.|&|\|\||,|and|then|, and)?\s{0,4}$/;
const ASKED = /\b(?:concat|join|combin|append|merg|glue|stick|put)[a-z]{0,10}\b/i;
const ASSIGNMENT = new RegExp(`(?<![A-Za-z0-9_])([A-Za-z_][A-Za-z0-9_]{0,30})(?: {0,3}(?::=|=|:) {0,3}| (?:is|be) )(?:${QUOTED})`, 'g');
const NAME = /(?<![A-Za-z0-9_])[A-Za-z_][A-Za-z0-9_]{0,30}(?![A-Za-z0-9_])/g;
const BETWEEN_NAMES = /^(?:\s{0,3}(?:\+|\.|&|\|\||,|and|then)?\s{0,3}|\}{1,2}\s?\$?\{{1,2})$/;

/** Words that no name or label has, so that pieces joined to them are a message. */
const SENTENCE_WORDS = 5;

/**
 * Payloads split over string literals (`"ig" + "nore"`) or over assignments that are concatenated later (`a="ign"; b="ore"; a+b`).
 * Joining counts as uncovering if it makes known words that the pieces did not hold, or a code that reads as text, or of assignments a sentence:
 * ordinary code, which joins whole words, gives nothing.
 */
export function joinedPayloads(text: string): JoinedPayload[] {
  if (!/["'“]/.test(text)) return [];
  const literals = runs(literalsOf(text), text, ASKED.test(text) ? BETWEEN_LISTED : BETWEEN_LITERALS);
  const uses = runs(usesOf(text), text, BETWEEN_NAMES);
  return [...literals.filter(uncovers), ...uses.filter((run) => uncovers(run) || wordCount(joinedText(run)) >= SENTENCE_WORDS)]
    .filter((run) => run.length > 1)
    .map((run) => ({
      span: [run[0]?.start ?? 0, run.at(-1)?.end ?? 0],
      text: joinedText(run),
      named: [...new Set(run.flatMap(({ named }) => (named ? [named] : [])))],
    }));
}

function literalsOf(text: string): Piece[] {
  return [...text.matchAll(LITERAL)].map((match) => ({
    text: unescaped(match[1] ?? match[2] ?? match[3] ?? ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Each use of a name after its assignment, as the piece of text that it stands for. */
function usesOf(text: string): Piece[] {
  const values = new Map<string, Required<Pick<Piece, 'text' | 'named'>>>();
  let assigned = 0;
  for (const match of text.matchAll(ASSIGNMENT)) {
    assigned = match.index + match[0].length;
    values.set(match[1] ?? '', { text: unescaped(match[2] ?? match[3] ?? match[4] ?? ''), named: [match.index, assigned] });
  }
  if (values.size < 2) return [];
  const uses: Piece[] = [];
  for (const { 0: name, index } of text.matchAll(NAME)) {
    const value = index >= assigned ? values.get(name) : undefined;
    if (value !== undefined) uses.push({ ...value, start: index, end: index + name.length });
  }
  return uses;
}

/** Pieces grouped into runs that only `between` sets apart. */
function runs(pieces: readonly Piece[], text: string, between: RegExp): Piece[][] {
  const grouped: Piece[][] = [];
  for (const piece of pieces) {
    const run = grouped.at(-1);
    const last = run?.at(-1);
    if (run && last && piece.start - last.end < 12 && between.test(text.slice(last.end, piece.start))) run.push(piece);
    else grouped.push([piece]);
  }
  return grouped;
}

function uncovers(run: readonly Piece[]): boolean {
  const joined = wordsOf(joinedText(run));
  const apart = new Set(run.flatMap((piece) => wordsOf(piece.text)));
  const uncovered = joined.filter((word) => !apart.has(word) && isKnown(word));
  return evidence(uncovered) > 0 || isCode(run);
}

/** True of pieces of a code that reads as text once it is whole. */
function isCode(run: readonly Piece[]): boolean {
  return run.every((piece) => !/\s/.test(piece.text)) && decodingsOf(identity(joinedText(run))).length > 0;
}

function joinedText(run: readonly Piece[]): string {
  return run.map((piece) => piece.text).join('');
}

/** A literal's text: breaks and tabs as they are meant, any other escaped sign as itself. */
function unescaped(literal: string): string {
  return literal.replace(ESCAPE, (_, sign: string) => ({ n: '\n', r: '\n', t: '\t' })[sign] ?? sign);
}
