import type { Span } from '../../verdict.ts';

/** What part of a prompt or a document a stretch of text is. */
export const SEGMENT_KINDS = [
  'text',
  'system',
  'user',
  'assistant',
  'tool',
  'context',
  'code',
  'quotation',
  'email-header',
  'email-body',
  'email-quote',
  'email-signature',
  'html',
  'data',
  'sentences',
] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** A stretch of the text given. The segments of a text ascend and do not overlap; markers of templates belong to none. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly span: Span;
}

/** The segment without the blanks at its ends; nothing if nothing is left. */
export function trimmed(text: string, kind: SegmentKind, start: number, end: number): Segment[] {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return from < to ? [{ kind, span: [from, to] }] : [];
}
