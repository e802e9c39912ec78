import { sliced } from './compose.ts';
import { DECODER_NAMES } from './decoders/decodings.ts';
import type { HiddenText } from './hidden/hidden-text.ts';
import { hiddenTexts } from './hidden/hidden-texts.ts';
import { joinedPayloads } from './joined-payloads.ts';
import { type Normalised, normalise } from './normalise.ts';
import { readHidden } from './read-hidden.ts';
import { MOST_PAYLOADS, type Payload, readInPlace, readInto, readPayload } from './read-into.ts';
import { NORMALISED, type Readings, readings } from './readings.ts';
import { disjoint, rewritten, standingFor } from './rewrite.ts';
import { examplesOf } from './segments/examples.ts';
import { segmentsOf } from './segments/segments.ts';
import { plainReading } from './views/plain-reading.ts';
import type { Languages } from './words/languages.ts';
import { givesOrders, isForeign } from './words/telling.ts';

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
 * @param languages The words that scrambled ones may have been; this package's own if left out.
 */
export function variantsOf(text: string, limits: VariantLimits, languages?: Languages): Variants {
  const found = readings(limits, languages);
  const base = normalise(text);
  const hidden = hiddenTexts(text);
  found.add(base, NORMALISED);
  const { view, provenance } = readHidden(found, text, base, hidden);
  readInto(found, view, provenance);
  readExamples(found, base);
  readJoined(found, base);
  readSegments(found);
  return { variants: found.variants, hidden, truncated: found.isTruncated() };
}

const JOINED = 'joined';

/** True of a reading that came out of a code or of pieces. */
export function isPayload({ provenance }: Pick<Variant, 'provenance'>): boolean {
  return provenance.some((step) => step === JOINED || DECODER_NAMES.has(step));
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
  found.undo(plainReading(base, found.languages).view, reading);
}

/**
 * Parts of the text, or of what it says once its disguise is off, that give orders or are in another language than the whole; windows of
 * sentences are left out, as the encoder makes windows of its own and the rules see all.
 */
function readSegments(found: Readings): void {
  const whole = found.variants.find(({ undone }) => !undone);
  const segments = segmentsOf(whole?.text ?? '').filter(({ kind }) => kind !== 'sentences');
  if (whole === undefined || segments.length < 2) return;
  const foreign = isForeign(whole.text);
  for (const { kind, span } of segments) {
    const view = sliced(whole, ...span);
    if (givesOrders(view.text, 2) || (!foreign && isForeign(view.text))) found.add(view, [...whole.provenance, `segment:${kind}`], true);
  }
}
