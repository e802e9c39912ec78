import { type Normalised, originalSpan } from '../text/normalise.ts';
import { type BenignNote, type RuleFinding, rankOf, type Severity, type Span } from '../verdict.ts';
import { ADDRESS, FRAMES, type Frame, LEADS, MENTIONS, OBEY, ORDERS, TOPIC } from './cues.ts';
import { quotationsOf } from './quotation.ts';

/** What the guard makes of a text. */
export interface BenignReading {
  /** All findings, some with a lower severity and the `benign` note that says why. Strongest first. */
  readonly findings: readonly RuleFinding[];
  /** Set where every sentence asks about attacks, reports them or guards against them. */
  readonly about?: BenignNote;
}

/** A quotation may weigh one step less; what is critical stays so: its mere presence is what matters. */
const LOWER: Readonly<Record<Severity, Severity>> = { low: 'low', medium: 'low', high: 'medium', critical: 'critical' };
const AROUND = 240;
/** Rules on dropping instructions and on handing them over: to ban that, or to tell of it, is harmless. */
const BANNABLE = /^p[ix]-/;
/** How far from a mention a sign of life spoils it. Beside a quotation of high severity, one anywhere does. */
const NEAR = 500;

/**
 * TUP's benign guard, working from the text instead of a dataset's category: an attack that is quoted to be asked about, translated or guarded
 * against, or that is only spoken of, weighs a step less, so that the models must agree before it blocks. It trusts no frame on its own: any sign
 * that the text gives orders of its own, or orders to obey what is quoted, leaves everything as it was. It lowers findings, never a score.
 * Linear in the text's length.
 */
export function guardBenign(findings: readonly RuleFinding[], normalised: Normalised): BenignReading {
  const view = viewOf(normalised);
  const placed = findings.map((finding) => ({ finding, at: placeOf(normalised, finding.span) }));
  const alive = ordersAnything(view.outside) || OBEY.test(blanksFolded(view.outside));
  // Unquoted and not merely spoken of: beside one of these, no quotation of high severity is credible.
  const mentions = placed.map(({ finding, at }) => (finding.severity === 'medium' ? mentionOf(view, at, finding) : undefined));
  const exposed = placed.some(
    ({ finding, at }, index) => rankOf(finding.severity) >= 1 && mentions[index] === undefined && quotationAround(view, at) === undefined,
  );

  const lowered = placed.map(({ finding, at }, index) => {
    const quoted = alive || exposed || finding.severity === 'critical' ? undefined : quoteOf(view, at);
    const seen = quoted ?? mentions[index];
    if (seen === undefined || LOWER[finding.severity] === finding.severity) return finding;
    const note = { reason: seen.reason, span: originalSpan(normalised, ...seen.span) };
    return { ...finding, severity: LOWER[finding.severity], benign: { ...note, was: finding.severity } };
  });
  const sorted = lowered.sort((a, b) => rankOf(b.severity) - rankOf(a.severity) || a.span[0] - b.span[0]);
  const about = alive || sorted.some(({ severity }) => rankOf(severity) >= 1) ? undefined : aboutOf(view);
  return { findings: sorted, ...(about && { about: { reason: about.reason, span: originalSpan(normalised, ...about.span) } }) };
}

/** The folded text, and the same with its quotations blanked out. */
interface View {
  readonly text: string;
  readonly outside: string;
  readonly quotations: readonly Span[];
}

/** A note whose span lies in the folded text. */
type Seen = BenignNote;

function viewOf({ text }: Normalised): View {
  const quotations = quotationsOf(text);
  let outside = '';
  let from = 0;
  for (const [start, end] of quotations) {
    outside += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return { text, outside: outside + text.slice(from), quotations };
}

const ordersAnything = (text: string): boolean => ORDERS.some((pattern) => pattern.test(blanksFolded(text)));

/** Quotations that stand blank would keep the words around them apart. */
const blanksFolded = (text: string): string => text.replace(/\s+/gu, ' ');

function quotationAround({ quotations }: View, [start, end]: Span): Span | undefined {
  return quotations.find((quotation) => quotation[0] <= start && end <= quotation[1]);
}

/** The frame of the quotation that a finding lies in: in the same sentence, before the quotation or after it. */
function quoteOf(view: View, at: Span): Seen | undefined {
  const quotation = quotationAround(view, at);
  if (quotation === undefined) return undefined;
  return seenIn(FRAMES, view.outside, sentenceAround(view.outside, quotation));
}

/** A mention without marks: not the first words of its sentence, nobody spoken to, and an attack named, banned, or done by others. */
function mentionOf(view: View, [start, end]: Span, { rule }: RuleFinding): Seen | undefined {
  const [from, to] = sentenceAround(view.text, [start, end]);
  const before = view.text.slice(from, start);
  if (!/\p{L}/u.test(before) || /^\P{L}*(?:please|kindly|now|just|also|first|hey|then|and|so|but)\P{L}*$/iu.test(before)) return undefined;
  if (ADDRESS.test(view.text.slice(from, to))) return undefined;
  if (ordersAnything(view.text.slice(Math.max(0, start - NEAR), Math.min(view.text.length, end + NEAR)))) return undefined;
  // “He never refuses”: in a role, the ban is the attack.
  const leads = BANNABLE.test(rule) ? LEADS : [];
  return seenIn(leads, view.text, [from, start]) ?? seenIn(MENTIONS, view.text, [from, start]) ?? seenIn(MENTIONS, view.text, [end, to]);
}

/** Set where at least one sentence outside the quotations names an attack and every one is framed. */
function aboutOf({ outside }: View): Seen | undefined {
  const topic = TOPIC.exec(outside);
  if (topic === null) return undefined;
  let first: Seen | undefined;
  for (const match of outside.matchAll(/[^.!?\n]+[.!?]*/gu)) {
    if (!/\p{L}/u.test(match[0])) continue;
    const seen = seenIn(FRAMES, outside, [match.index, match.index + match[0].length]);
    if (seen === undefined) return undefined;
    first ??= seen;
  }
  return first;
}

function seenIn(frames: readonly Frame[], text: string, [start, end]: Span): Seen | undefined {
  const part = text.slice(start, end);
  for (const { reason, pattern } of frames) {
    const match = pattern.exec(part);
    if (match) return { reason, span: [start + match.index, start + match.index + match[0].length] };
  }
  return undefined;
}

/** The sentence that a range stands in, as far as it lies near. A line break ends it behind the range only: what introduces a quotation often stands above it. */
function sentenceAround(text: string, [start, end]: Span): Span {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  const cut = Math.max(
    before.lastIndexOf('. '),
    before.lastIndexOf('! '),
    before.lastIndexOf('? '),
    before.lastIndexOf('.\n'),
    before.lastIndexOf('!\n'),
    before.lastIndexOf('?\n'),
  );
  const stop = /[.!?](?=\s|$)|\n/u.exec(after);
  return [start - before.length + cut + 1, end + (stop === null ? after.length : stop.index + 1)];
}

/** Where a range of the original lies in the folded text. */
function placeOf({ offsets }: Normalised, [start, end]: Span): Span {
  return [firstAtOrAfter(offsets, start), firstAtOrAfter(offsets, end)];
}

function firstAtOrAfter(offsets: Uint32Array, position: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
