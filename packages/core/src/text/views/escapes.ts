import { renormalised } from '../compose.ts';
import { type Edit, rewritten } from '../rewrite.ts';
import type { View } from './view.ts';

// As JSON, JavaScript, Python and shells write what a line of theirs cannot hold.
const ESCAPE = /\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|([nrt]|["'\\/]))/gi;
/** As JSON alone writes it. Elsewhere `\b` and `\f` stand in patterns and paths. */
export const JSON_ESCAPE = /\\(?:u[0-9a-fA-F]{4}|([bfnrt"\\/]))/g;
const PLAIN: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', b: ' ', f: ' ' };
/** Escaped breaks and quotation marks from which a text is a text inside a string; one or two stand in any code. */
const SEVERAL = 3;

/** A text written as a string of a programme: its escapes as what they stand for, if there are several. */
export const escapes: View = (source) => {
  if (!source.text.includes('\\')) return source;
  const edits = escapesIn(source.text, ESCAPE);
  return edits.length >= SEVERAL ? renormalised(rewritten(source, edits)) : source;
};

/** Each escape of a stretch that stands at `offset`, as what it stands for: a sign, which `pattern` captures, or a code in hexadecimal digits. */
export function escapesIn(text: string, pattern: RegExp, offset = 0): Edit[] {
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: sign, index }) => ({
    start: offset + index,
    end: offset + index + whole.length,
    text: sign === undefined ? fromCode(Number.parseInt(whole.replace(/[^0-9a-f]/gi, ''), 16)) : (PLAIN[sign.toLowerCase()] ?? sign),
  }));
}

/** Halves of a pair come one by one and pair again once they stand side by side. */
function fromCode(code: number): string {
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
}
