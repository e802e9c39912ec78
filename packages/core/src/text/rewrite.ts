import type { Span } from '../verdict.ts';
import { type Normalised, originalSpan } from './normalise.ts';

/** A half-open range of a view's text and what it reads as instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits that ascend and do not overlap. What an edit writes points to the whole range that it replaced, since
 * `originalSpan` covers units of one offset together; an edit of the same length points unit by unit.
 * Linear in both texts' lengths.
 */
export function rewritten(view: Normalised, edits: readonly Edit[]): Normalised {
  if (edits.length === 0) return view;
  const size = edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), view.text.length);
  const offsets = new Uint32Array(size + 1);
  const pieces: string[] = [];
  let from = 0;
  let length = 0;
  for (const edit of [...edits, { start: view.text.length, end: view.text.length, text: '' }]) {
    pieces.push(view.text.slice(from, edit.start), edit.text);
    for (let at = from; at < edit.start; at += 1, length += 1) offsets[length] = view.offsets[at] ?? 0;
    const same = edit.text.length === edit.end - edit.start;
    for (let unit = 0; unit < edit.text.length; unit += 1, length += 1) offsets[length] = view.offsets[same ? edit.start + unit : edit.start] ?? 0;
    from = edit.end;
  }
  offsets[length] = view.offsets[view.text.length] ?? 0;
  return { text: pieces.join(''), offsets };
}

/** Edits that leave nothing of a text but these ranges, ascending, a line each. */
export function leaving(text: string, kept: readonly Span[]): Edit[] {
  const ends = [0, ...kept.map(([, end]) => end)];
  return ends.map((start, nth) => ({ start, end: kept[nth]?.[0] ?? text.length, text: nth === 0 || nth === kept.length ? '' : '\n' }));
}

/** A text that stands for a range of the original: every part of it points to the whole range. */
export function pointingTo([start, end]: Span, text: string): Normalised {
  const offsets = new Uint32Array(text.length + 1).fill(start);
  offsets[text.length] = end;
  return { text, offsets };
}

/** A text that stands for a range of a view: every part of it points to where that range came from. */
export function standingFor(view: Normalised, start: number, end: number, text: string): Normalised {
  return pointingTo(originalSpan(view, start, end), text);
}

/** Edits in ascending order, without those that an earlier one overlaps. */
export function disjoint<E extends Edit>(edits: readonly E[]): E[] {
  const kept: E[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  return kept;
}
