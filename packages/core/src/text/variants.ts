import { composed, identity, joined, renormalised, sliced } from './compose.ts';
import { DECODER_NAMES } from './decoders/decodings.ts';
import type { HiddenText } from './hidden/hidden-text.ts';
import { hiddenTexts, isMarkup } from './hidden/hidden-texts.ts';
import { joinedPayloads } from './joined-payloads.ts';
import { type Normalised, normalise } from './normalise.ts';
import { MOST_PAYLOADS, type Payload, readInPlace, readInto, readPayload } from './read-into.ts';
import { type Readings, readings } from './readings.ts';
import { disjoint, pointingTo, rewritten, standingFor } from './rewrite.ts';
import { examplesOf } from './segments/examples.ts';
import { segmentsOf } from './segments/segments.ts';
import { plainReading } from './views/plain-reading.ts';
import type { Shapes } from './words/shapes.ts';
import { givesOrders, isForeign, isSentence } from './words/telling.ts';

/** One reading of a text, with offsets into the original. */
export interface Variant extends Normalised {
  /** How it came about, e.g. `['normalised', 'base64', 'rot13']`. */
  readonly provenance: readonly string[];
  /** True of a stretch of the normalised text: alone it may tell more, but it holds nothing that the whole does not. */
  readonly part: boolean;
  /** True of a reading whose disguise or code another reading has taken off: what it says is judged there; by itself it shows but the disguise. */
  readonly undone: boolean;
}

export interface VariantLimits {
  /** Readings in all, the normalised text included; at least one. */
  readonly maxVariants: number;
  /** Bytes in UTF-8 of all readings together. The normalised text is given whatever its size. */
  readonly maxBytes: number;
}

export interface Variants {
  /** The normalised text first, then from the most telling to the least. */
  readonly variants: readonly Variant[];
  /** Every hidden or smuggled text, whether it became a variant or not. */
  readonly hidden: readonly HiddenText[];
  /** True if readings were left out for the limits' sake, parts aside. */
  readonly truncated: boolean;
}

/**
 * All readings of a text that may differ in what they tell a model (TUP's V(x), extended): the normalised text, the text with the
 * disguises of its spelling taken off, decodings down to three layers, hidden and smuggled texts, payloads joined from pieces, segments.
 * Readings that differ in nothing but case or blanks count once; an ordinary text has one. Linear in the text; never throws.
 * @param shapes Of the words that scrambled ones may have been; this package's own if left out.
 */
export function variantsOf(text: string, limits: VariantLimits, shapes?: Shapes): Variants {
  const found = readings(limits, shapes);
  const base = normalise(text);
  const hidden = hiddenTexts(text);
  found.add(base, NORMALISED);
  readSmuggled(found, hidden);
  const shown = asShown(text, hidden);
  if (shown !== undefined && found.add(shown, BIDI)) {
    found.undo(base, shown);
    readInto(found, shown, BIDI);
  } else readInto(found, base, NORMALISED);
  readExamples(found, base);
  readJoined(found, base);
  readMarkup(found, hidden);
  readSegments(found, base);
  return { variants: found.variants, hidden, truncated: found.isTruncated() };
}

const NORMALISED = ['normalised'] as const;
const BIDI = [...NORMALISED, 'bidi'] as const;
const JOINED = 'joined';

/** True of a reading that came out of a code or of pieces. */
export function isPayload({ provenance }: Pick<Variant, 'provenance'>): boolean {
  return provenance.some((step) => step === JOINED || DECODER_NAMES.has(step));
}

/** What nobody sees, bytes and bits in characters: read alone. */
function readSmuggled(found: Readings, hidden: readonly HiddenText[]): void {
  const smuggled = hidden.filter(({ kind }) => !isMarkup(kind) && kind !== 'bidi').slice(0, MOST_PAYLOADS);
  for (const { kind, span, text } of smuggled) readPayload(found, pointingTo(span, text), [...NORMALISED, kind]);
}

/** Payloads put together from pieces: where they are put together, and alone if they say something. */
function readJoined(found: Readings, base: Normalised): void {
  const payloads: Payload[] = [];
  for (const { span, text, named } of joinedPayloads(base.text).slice(0, MOST_PAYLOADS)) {
    readPayload(found, standingFor(base, ...span, text), [...NORMALISED, JOINED]);
    const step = JOINED;
    payloads.push({ start: span[0], end: span[1], text, step, alone: true }, ...named.map(([start, end]) => ({ start, end, text: '', step, alone: true })));
  }
  const told = payloads.some(({ text }) => text === '');
  readInPlace(found, base, disjoint(payloads), NORMALISED, 0, told);
}

/** A prompt of answered examples: what it asks in the end, and what they say, apart. Their labels are those of forged conversations, too; the words tell which it is. */
function readExamples(found: Readings, base: Normalised): void {
  const { labels, question } = examplesOf(base.text) ?? {};
  if (labels === undefined || question === undefined) return;
  const asked = sliced(base, ...question);
  readPayload(found, asked, [...NORMALISED, 'asked']);
  const said = [...labels, [question[0], base.text.length] as const].map(([start, end]) => ({ start, end, text: '' }));
  readPayload(found, rewritten(base, disjoint(said)), [...NORMALISED, 'examples']);
  const reading = normalise(asked.text);
  found.undo(base, reading);
  found.undo(plainReading(base, found.shapes).view, reading);
}

/** The text in the order that is seen, where overrides make that another one than the stored. */
function asShown(original: string, hidden: readonly HiddenText[]): Normalised | undefined {
  const overrides = hidden.filter(({ kind }) => kind === 'bidi').map(({ span, text }) => ({ start: span[0], end: span[1], text }));
  return overrides.length === 0 ? undefined : renormalised(rewritten(identity(original), overrides));
}

/** What markup hides stands in the normalised text as well: what may be an order is read alone, and all the rest of it together. */
function readMarkup(found: Readings, hidden: readonly HiddenText[]): void {
  const told = hidden.filter(({ kind, text }) => isMarkup(kind) && isSentence(text));
  const telling = told.filter(({ text }) => givesOrders(text, 1) || isForeign(text)).slice(0, MOST_PAYLOADS);
  for (const { kind, span, text } of telling) readPayload(found, pointingTo(span, text), [...NORMALISED, kind]);
  const rest = disjoint(told.filter((one) => !telling.includes(one)).map(({ span, text }) => ({ start: span[0], end: span[1], text })));
  const together = joined(rest.map(({ start, end, text }) => composed(normalise(text), pointingTo([start, end], text))));
  found.add(together, [...NORMALISED, 'hidden-markup'], true);
}

/** Parts of the text that give orders, or are in another language than the whole; windows of sentences are left out, as the encoder makes windows of its own and the rules see all. */
function readSegments(found: Readings, base: Normalised): void {
  const segments = segmentsOf(base.text).filter(({ kind }) => kind !== 'sentences');
  if (segments.length < 2) return;
  const foreign = isForeign(base.text);
  for (const { kind, span } of segments) {
    const view = sliced(base, ...span);
    if (givesOrders(view.text, 2) || (!foreign && isForeign(view.text))) found.add(view, [...NORMALISED, `segment:${kind}`], true);
  }
}
