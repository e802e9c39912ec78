import type { Span } from '../verdict.ts';

/** Longest quotation between marks, in code units; what is longer is a text of its own. Fences and quoted lines have no such bound. */
const MAX_QUOTED = 2000;

const CLOSERS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»', '‹': '›', '「': '」', '『': '』', '‘': '’', "'": "'", '`': '`' };

const WORD = /[\p{L}\p{N}]/u;

/**
 * The quotations of a text, in order and apart: between marks, in code fences, in lines that begin with `>`. The spans lie between the marks.
 * A mark that nothing closes opens nothing; an apostrophe is no mark. Linear in the text's length.
 */
export function quotationsOf(text: string): Span[] {
  const next = searcher(text);
  const found: Span[] = [];
  let at = 0;
  while (at < text.length) {
    if (text.charAt(at) === '>' && (at === 0 || text.charAt(at - 1) === '\n')) {
      const end = endOfLines(text, next, at);
      found.push([at + 1, end]);
      at = end;
    } else if (text.startsWith('```', at)) {
      const close = next('```', at + 3);
      // Nothing closes the fence: its marks are none.
      if (close >= 0) found.push([at + 3, close]);
      at = close < 0 ? at + 3 : close + 3;
    } else {
      const end = closeOf(text, next, at);
      // Behind an equals sign stands a value, of an attribute or a variable, and not somebody's words.
      if (end > at && !/= ?$/.test(text.slice(Math.max(0, at - 2), at))) found.push([at + 1, end]);
      at = end + 1;
    }
  }
  return found;
}

/** Where the quotation that opens at `at` closes, or `at` if none opens there. */
function closeOf(text: string, next: Search, at: number): number {
  const closer = CLOSERS[text.charAt(at)];
  if (closer === undefined) return at;
  const apostrophe = closer === "'" || closer === '’';
  if (apostrophe && WORD.test(text.charAt(at - 1))) return at;
  let end = next(closer, at + 1);
  while (apostrophe && end >= 0 && WORD.test(text.charAt(end + 1))) end = next(closer, end + 1);
  return end < 0 || end - at > MAX_QUOTED ? at : end;
}

/** The end of the last of the quoted lines that begin at `at`. */
function endOfLines(text: string, next: Search, at: number): number {
  let end = at;
  do {
    const line = next('\n', end + 1);
    end = line < 0 ? text.length : line;
  } while (text.charAt(end + 1) === '>');
  return end;
}

/** Index of a mark at or after a place, or −1. */
type Search = (mark: string, from: number) => number;

/** `indexOf` that remembers its last answer for each mark. No place is asked for that lies before one that closed nothing: the text is gone through once a mark. */
function searcher(text: string): Search {
  const last = new Map<string, number>();
  return (mark, from) => {
    const known = last.get(mark);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const index = text.indexOf(mark, from);
    last.set(mark, index);
    return index;
  };
}
