import type { Span } from '../verdict.ts';
import { composed, identity, joined, renormalised } from './compose.ts';
import type { HiddenText } from './hidden/hidden-text.ts';
import { isMarkup } from './hidden/hidden-texts.ts';
import { tagsAsShown } from './hidden/tag-characters.ts';
import { type Normalised, normalise } from './normalise.ts';
import { MOST_IN_PLACE, MOST_PAYLOADS, readPayload } from './read-into.ts';
import { NORMALISED, type Readings } from './readings.ts';
import { disjoint, type Edit, pointingTo, rewritten } from './rewrite.ts';
import type { Variant } from './variants.ts';
import { givesOrders, isForeign, isSentence } from './words/telling.ts';

/**
 * Adds what nobody sees: bytes and bits in characters, and in markup what may be an order, alone; all the rest of markup together. Before them it adds
 * the text as it is seen, where that is not the text as it is stored.
 * @returns The text as it is seen, and how it came about.
 */
export function readHidden(found: Readings, original: string, base: Normalised, hidden: readonly HiddenText[]): Shown {
  const told = hidden.filter(({ kind, text }) => isMarkup(kind) && isSentence(text));
  const apart = told.length > 0 && isApart(original, told);
  const shown = asShown(original, hidden, apart ? told : []);
  if (shown !== undefined && found.add(shown.view, shown.provenance)) found.undo(base, shown.view);
  const smuggled = hidden.filter(({ kind, text }) => !isMarkup(kind) && kind !== 'bidi' && /[\p{L}\p{N}]/u.test(text));
  const telling = told.filter(({ text }) => givesOrders(text, 1) || isForeign(text)).slice(0, MOST_PAYLOADS);
  for (const { kind, span, text } of [...smuggled.slice(0, MOST_PAYLOADS), ...telling]) readPayload(found, pointingTo(span, text), [...NORMALISED, kind]);
  const rest = disjoint(told.filter((one) => !telling.includes(one)).map(editOf));
  const together = rest.map(({ start, end, text }) => composed(normalise(text), pointingTo([start, end], text)));
  found.add(joined(together), [...NORMALISED, 'hidden-markup'], !apart);
  return shown ?? { view: base, provenance: NORMALISED };
}

interface Shown extends Pick<Variant, 'provenance'> {
  readonly view: Normalised;
}

/**
 * The text in the order that overrides give it, with the blanks that tags stand for, without what stands apart: a page and what nobody sees of it
 * are two texts, and side by side they look like a third. Undefined if that is the text as it is stored.
 */
function asShown(original: string, hidden: readonly HiddenText[], apart: readonly HiddenText[]): Shown | undefined {
  const edits: Readonly<Record<string, readonly Edit[]>> = {
    bidi: hidden.filter(({ kind }) => kind === 'bidi').map(editOf),
    'tag-characters': tagsAsShown(original),
    seen: apart.map((one) => ({ ...editOf(one), text: '' })),
  };
  const steps = Object.keys(edits).filter((step) => edits[step]?.length);
  if (steps.length === 0) return undefined;
  return { view: renormalised(rewritten(identity(original), disjoint(Object.values(edits).flat()))), provenance: [...NORMALISED, ...steps] };
}

const editOf = ({ span, text }: HiddenText): Edit => ({ start: span[0], end: span[1], text });

const MARKUP = /<[^<>]*>|https?:\S*/g;
/** UTF-16 code units on either side of a hidden text that are looked at. */
const BESIDE = 400;

/** True of hidden texts that a text of some length is read without. */
function isApart(original: string, told: readonly HiddenText[]): boolean {
  return original.length <= MOST_IN_PLACE && told.every(({ span }) => standsApart(original, span));
}

/** True of a range whose lines say nothing beside it. */
function standsApart(text: string, [start, end]: Span): boolean {
  const before = text.slice(Math.max(0, start - BESIDE), start);
  const after = text.slice(end, end + BESIDE);
  const beside = `${before.slice(before.lastIndexOf('\n') + 1)} ${after.split('\n', 1)[0]}`;
  return !isSentence(beside.replace(MARKUP, ' '));
}
