import { renormalised } from '../compose.ts';
import { type Edit, rewritten } from '../rewrite.ts';
import type { View } from './view.ts';

// As JSON, JavaScript, Python and shells write what a line of theirs cannot hold.
const ESCAPE = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([nrt]|["'\\/]))/gi;
const PLAIN: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t' };
/** Escaped breaks and quotation marks from which a text is a text inside a string; one or two stand in any code. */
const SEVERAL = 3;

/** A text written as a string of a programme: its escapes as what they stand for, if there are several. */
export const escapes: View = (source) => {
  if (!source.text.includes('\\')) return source;
  const edits = escapesIn(source.text);
  return edits.length >= SEVERAL ? renormalised(rewritten(source, edits)) : source;
};

/** Each escape of a stretch that stands at `offset`, as what it stands for. */
export function escapesIn(text: string, offset = 0): Edit[] {
  return [...text.matchAll(ESCAPE)].map(({ 0: whole, 1: braced, 2: short, 3: byte, 4: sign = '', index }) => {
    const code = braced ?? short ?? byte;
    const meaning = code === undefined ? (PLAIN[sign.toLowerCase()] ?? sign) : fromCode(Number.parseInt(code, 16));
    return { start: offset + index, end: offset + index + whole.length, text: meaning };
  });
}

/** Halves of a pair come one by one and pair again once they stand side by side. */
function fromCode(code: number): string {
  return code > 0x10ffff ? '\uFFFD' : String.fromCodePoint(code);
}
