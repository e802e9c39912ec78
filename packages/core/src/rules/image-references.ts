import type { Normalised } from '../text/normalise.ts';
import { type Edit, rewritten } from '../text/rewrite.ts';

/** `![words][label]`, `![label][]` and `![label]`. */
const REFERENCE = /(!\[([^[\]\n]{0,300})\])(?:\[([^[\]\n]{0,300})\])?(?!\()/g;
/** `[label]: address`, the address on the same line or the next, in angle brackets or not. */
const DEFINITION = /^ {0,3}\[([^[\]\n]{1,300})\]:[^\S\n]{0,20}(?:\n[^\S\n]{0,20})?(?:<([^<>\n]{1,4000})>|([^\s<]\S{0,4000}))/gm;

/** What an image by reference, or a definition of one, begins with, to the end of a text. */
const OPEN =
  /(?:!\[[^[\]\n]{0,300}(?:\](?:\[[^[\]\n]{0,300})?)?|^ {0,3}\[[^[\]\n]{1,300}\]:[^\S\n]{0,20}(?:\n[^\S\n]{0,20})?(?:<[^<>\n]{0,4000}|[^\s<]\S{0,4000})?)(?![\s\S])/m;

interface Definition {
  readonly label: string;
  readonly address: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A text in which images by reference are images: a page that renders Markdown loads their addresses all the same (CommonMark 0.31, sections 4.7 and
 * 6.4). Of reference and definition the later one becomes the image: where a text comes in pieces, that one can still be held. The very object that was
 * given if there is no such image. Takes linear time, and at most doubles the text.
 */
export function imagesByReference(source: Normalised): Normalised {
  const { text } = source;
  if (!text.includes('![')) return source;
  const definitions = definitionsIn(text);
  if (definitions.size === 0) return source;
  const edits: Edit[] = [];
  const waiting = new Set<Definition>();
  let room = text.length;
  for (const { 0: all, 1: image = '', 2: words = '', 3: label = '', index } of text.matchAll(REFERENCE)) {
    const definition = definitions.get(folded(label || words));
    if (definition === undefined) continue;
    room -= definition.address.length;
    if (room < 0) break;
    if (definition.start > index) waiting.add(definition);
    else edits.push({ start: index + image.length, end: index + all.length, text: `(${definition.address})` });
  }
  for (const { label, address, start, end } of waiting) edits.push({ start, end, text: `![${label}](${address})` });
  return rewritten(
    source,
    edits.sort((a, b) => a.start - b.start),
  );
}

/** Where an image by reference, or a definition, begins that the text does not end; its length if none does. */
export const openReference = (text: string): number => OPEN.exec(text)?.index ?? text.length;

/** By label; of two definitions the first counts. */
function definitionsIn(text: string): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  for (const { 0: all, 1: label = '', 2: bracketed, 3: bare = '', index } of text.matchAll(DEFINITION)) {
    const key = folded(label);
    if (!found.has(key)) found.set(key, { label, address: bracketed ?? bare, start: index, end: index + all.length });
  }
  return found;
}

/** Labels are the same whatever their case; normalised text has no blanks that differ. */
const folded = (label: string): string => label.toLowerCase().trim();
