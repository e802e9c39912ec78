import type { Normalised } from '../text/normalise.ts';
import { type Edit, rewritten } from '../text/rewrite.ts';

/** `![words][label]`, `![label][]` and `![label]`. */
const REFERENCE = /!\[([^[\]\n]{0,300})\](?:\[([^[\]\n]{0,300})\])?(?!\()/g;
/** `[label]: address`, the address on the same line or the next, in angle brackets or not. */
const DEFINITION = /^ {0,3}\[([^[\]\n]{1,300})\]:[^\S\n]{0,20}(?:\n[^\S\n]{0,20})?(?:<([^<>\n]{1,4000})>|([^\s<]\S{0,4000}))/gm;

/**
 * A text in which every definition that an image refers to is the image itself: a page that renders Markdown loads its address all the same
 * (CommonMark 0.31, sections 4.7 and 6.4). The very object that was given if there is none. Linear in the text's length.
 */
export function imagesByReference(source: Normalised): Normalised {
  const labels = new Set([...source.text.matchAll(REFERENCE)].map(([, words = '', label = '']) => folded(label || words)));
  if (labels.size === 0) return source;
  const edits: Edit[] = [];
  for (const { 0: all, 1: label = '', 2: bracketed, 3: bare, index } of source.text.matchAll(DEFINITION)) {
    if (!labels.has(folded(label))) continue;
    const address = bracketed ?? bare ?? '';
    const end = index + all.length;
    const close = end - (bracketed === undefined ? 0 : 1);
    edits.push({ start: index, end: close - address.length, text: `![${label}](` }, { start: close, end, text: ')' });
  }
  return rewritten(source, edits);
}

/** Labels are the same whatever their case; normalised text has no blanks that differ. */
const folded = (label: string): string => label.toLowerCase().trim();
