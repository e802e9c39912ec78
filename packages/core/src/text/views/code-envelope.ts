import type { Span } from '../../verdict.ts';
import { renormalised } from '../compose.ts';
import { type Edit, leaving, rewritten } from '../rewrite.ts';
import { FENCE } from '../segments/blocks.ts';
import { isSentence, isUnparted } from '../words/telling.ts';
import type { View } from './view.ts';

/** Begins a comment, a heredoc, a string of several lines or of one. */
const OPENING = /\/\*+|<<-? ?(['"]?)([A-Z_]{2,20})\1[^\n]{0,200}\n|"""|'''|(?<![\p{L}\p{N}])["'`]/gu;
const IN_LINE: Readonly<Record<string, RegExp>> = { '"': /(?:[^"\\\n]|\\[^\n])*"/y, "'": /(?:[^'\\\n]|\\[^\n])*'/y, '`': /(?:[^`\\\n]|\\[^\n])*`/y };
const FENCES = new RegExp(FENCE, 'm');
const CODE = /[(){}[\]=;<>|&]|^\s*(?:#|\/\/|@)|:\s*$/;
/** A call, an assignment or a list goes on with a string. */
const BEFORE_STRING = /[=([{,]\s*\w{0,2}$/;
const KEYWORD =
  /\b(?:export|default|public|private|static|async|await|function|class|def|const|let|var|void|int|string|return|import|from|new|if|else|for|while|in|of|echo|end)\b/g;
/** Three words that nothing but blanks and commas part. */
const PROSE = /[\p{L}\p{M}'’]+,?[ \t]+[\p{L}\p{M}'’]+,?[ \t]+[\p{L}\p{M}'’]+/u;
const WORDS = /[\p{L}\p{N}]+/gu;
/** Units of a text in which programmes are looked for. */
const LONGEST = 20_000;
/** Words of the programme: one with more does more than carry a text. */
const MOST_AROUND = 25;

/**
 * A programme that does no more than carry one text, as a comment or a string: that text, and what is said beside the programme where a
 * fence tells the two apart. What the programme would do with it, nobody runs here.
 */
export const codeEnvelope: View = (source) => {
  const { text } = source;
  if (text.length > LONGEST || !/["'`*<]/.test(text)) return source;
  const [carried, ...others] = literalsOf(text).filter(({ inner }) => isSentence(text.slice(...inner)));
  if (carried === undefined || others.length > 0) return source;
  if (carried.quoted && !BEFORE_STRING.test(text.slice(Math.max(0, carried.outer[0] - 8), carried.outer[0]))) return source;
  const edits = around(text, carried);
  return edits === undefined ? source : renormalised(rewritten(source, edits));
};

interface Literal {
  /** With its marks, and without. */
  readonly outer: Span;
  readonly inner: Span;
  /** True of marks that prose has as well. */
  readonly quoted: boolean;
}

/** Comments and strings, in order. */
function literalsOf(text: string): Literal[] {
  const literals: Literal[] = [];
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const from = match.index + match[0].length;
    const close = closing(text, match, from);
    if (close === undefined) continue;
    literals.push({ outer: [match.index, close[1]], inner: [from, close[0]], quoted: match[0] in IN_LINE });
    opening.lastIndex = close[1];
  }
  return literals;
}

/** Where the mark that closes a literal stands. */
function closing(text: string, [opening, , label]: RegExpExecArray, from: number): Span | undefined {
  const inLine = IN_LINE[opening];
  if (inLine !== undefined) {
    inLine.lastIndex = from;
    return inLine.test(text) ? [inLine.lastIndex - 1, inLine.lastIndex] : undefined;
  }
  const mark = opening.startsWith('/*') ? '*/' : label === undefined ? opening : `\n${label}`;
  const at = text.indexOf(mark, from);
  return at < 0 ? undefined : [at, at + mark.length];
}

/** What takes the programme off; nothing if there is none, or it is more than a wrapping. */
function around(text: string, { outer, inner, quoted }: Literal): Edit[] | undefined {
  const kept: Span[] = [];
  const isFenced = FENCES.test(text);
  let [fenced, words, at] = [false, 0, 0];
  for (const line of text.split('\n')) {
    const [from, to] = [at, at + line.length];
    at = to + 1;
    const outside = text.slice(from, Math.max(from, Math.min(to, outer[0]))) + text.slice(Math.min(to, Math.max(from, outer[1])), to);
    const touches = to > outer[0] && from < outer[1];
    if (FENCE.test(outside)) fenced = !fenced;
    else if (!isProse(outside) && (CODE.test(outside) || (touches && !quoted))) words += outside.match(WORDS)?.length ?? 0;
    // Words beside a fence are the author's own; without one they make the whole a text that quotes.
    else if (outside.trim() !== '') {
      if (fenced || !isFenced || touches) return undefined;
      kept.push([from, to]);
    }
  }
  if (words === 0 || words > MOST_AROUND) return undefined;
  return leaving(
    text,
    [...kept, inner].sort(([a], [b]) => a - b),
  );
}

/** True of a line with words in a row that no programme has: signs of code stand in prose, too. */
function isProse(line: string): boolean {
  return PROSE.test(line.replace(KEYWORD, ';')) || isUnparted(line);
}
