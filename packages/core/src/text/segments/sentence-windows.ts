import { type Segment, trimmed } from './segment.ts';

/** Characters from which a segment of text is parted into windows, and about what a window holds: some 250 tokens. */
export const WINDOW_CHARACTERS = 1000;
// The Unicode rules for sentences are at hand as Intl.Segmenter, but that takes a millisecond for each 1,000 characters.
const SENTENCE_END = /[.!?…]["')\]”’]{0,2}(?=\s)|[。！？]|\n\n/g;

/** A long segment of text as windows that end with sentences where there are any, and after 2,000 characters where there are none. */
export function sentenceWindows(text: string, segment: Segment): Segment[] {
  const [start, end] = segment.span;
  if (segment.kind !== 'text' || end - start <= 2 * WINDOW_CHARACTERS) return [segment];
  const windows: Segment[] = [];
  let from = start;
  const cut = (at: number): void => {
    windows.push(...trimmed(text, 'sentences', from, at));
    from = at;
  };
  for (const { 0: mark, index } of text.slice(start, end).matchAll(SENTENCE_END)) {
    const at = start + index + mark.length;
    while (at - from > 2 * WINDOW_CHARACTERS) cut(from + 2 * WINDOW_CHARACTERS);
    if (at - from >= WINDOW_CHARACTERS) cut(at);
  }
  while (end - from > 2 * WINDOW_CHARACTERS) cut(from + 2 * WINDOW_CHARACTERS);
  cut(end);
  return windows;
}
