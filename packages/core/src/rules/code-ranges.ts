import type { Span } from '../verdict.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})[^\n]*$/gm;
const TICKS = /`+/g;

/**
 * Where Markdown shows code as it is written (CommonMark 0.31, sections 4.5 and 6.1): fenced blocks, an open one to the end, and spans between
 * runs of as many backticks. Ascending, none within another. Linear in the text's length.
 */
export function codeRanges(text: string): Span[] {
  const { blocks } = fencedBlocks(text);
  const spans: Span[] = [];
  let from = 0;
  for (const [start, end] of [...blocks, [text.length, text.length] as const]) {
    spans.push(...codeSpans(text.slice(from, start), from));
    if (end > start) spans.push([start, end]);
    from = end;
  }
  return spans;
}

/** Whether a stretch lies within one of the ranges, which ascend and are apart. Takes the logarithm of their number. */
export function liesWithin([start, end]: Span, ranges: readonly Span[]): boolean {
  let [low, high] = [0, ranges.length];
  // The last range that begins at `start` or before it is at `low - 1`.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.[0] ?? start) <= start) low = middle + 1;
    else high = middle;
  }
  return end <= (ranges[low - 1]?.[1] ?? -1);
}

/** The fence of a block of code that a text leaves open, if it does. */
export function openFence(text: string): string | undefined {
  return fencedBlocks(text).open;
}

function fencedBlocks(text: string): { readonly blocks: Span[]; readonly open: string | undefined } {
  const blocks: Span[] = [];
  let open: { readonly at: number; readonly fence: string } | undefined;
  for (const match of text.matchAll(FENCE)) {
    const fence = match[1] ?? '';
    if (open === undefined) open = { at: match.index, fence };
    else if (fence.startsWith(open.fence) && match[0].trim() === fence) {
      blocks.push([open.at, match.index + match[0].length]);
      open = undefined;
    }
  }
  if (open !== undefined) blocks.push([open.at, text.length]);
  return { blocks, open: open?.fence };
}

function codeSpans(text: string, offset: number): Span[] {
  const runs = [...text.matchAll(TICKS)].map(({ 0: run, index }) => ({ start: index, end: index + run.length, size: run.length }));
  const next = new Map<number, number>();
  const partner = runs.map(() => -1);
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const size = runs[index]?.size ?? 0;
    partner[index] = next.get(size) ?? -1;
    next.set(size, index);
  }
  const spans: Span[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const close = partner[index] ?? -1;
    if (close < 0) continue;
    spans.push([offset + (runs[index]?.start ?? 0), offset + (runs[close]?.end ?? 0)]);
    index = close;
  }
  return spans;
}
