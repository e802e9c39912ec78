import type { Span } from '../verdict.ts';

const SEGMENTER = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const PLAIN = /^[ -~]{2}$/;

/** Widens spans so that none of them parts what a reader sees as one character (UAX 29), a surrogate pair included. */
export function graphemesOf(text: string): (span: Span) => Span {
  let segments: Intl.Segments | undefined;
  const around = (index: number): Span => {
    // Between two printable characters of ASCII there is always a boundary.
    if (index <= 0 || index >= text.length || PLAIN.test(text.slice(index - 1, index + 1))) return [index, index];
    segments ??= SEGMENTER.segment(text);
    const grapheme = segments.containing(index);
    return grapheme === undefined || grapheme.index === index ? [index, index] : [grapheme.index, grapheme.index + grapheme.segment.length];
  };
  return ([start, end]) => [around(start)[0], around(end)[1]];
}

/** Where the character begins, as a reader sees it, that an index lies in. */
export function graphemeStart(text: string, index: number): number {
  if (index <= 0 || PLAIN.test(text.slice(index - 1, index + 1))) return Math.max(0, index);
  return SEGMENTER.segment(text).containing(index)?.index ?? text.length;
}
