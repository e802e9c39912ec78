import type { Span } from '../verdict.ts';

/** What a JSON string says, and where in the JSON each unit of it stands. */
export interface JsonString {
  readonly text: string;
  /** Where `text.slice(start, end)` stands in the JSON. */
  spanOf(start: number, end: number): Span;
}

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/gs;

/**
 * Reads a string literal of valid JSON, quotes and all.
 * @param offset Where its first quote stands.
 */
export function jsonString(literal: string, offset: number): JsonString {
  const text: string = JSON.parse(literal);
  // An escape stands for one unit: the units that have one, and how far all after it are moved.
  const escaped: { readonly unit: number; readonly moved: number }[] = [];
  let moved = 0;
  for (const { 0: form, index } of literal.slice(1, -1).matchAll(ESCAPE)) {
    const unit = index - moved;
    moved += form.length - 1;
    escaped.push({ unit, moved });
  }
  const place = (unit: number): number => {
    let [low, high] = [0, escaped.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((escaped[middle]?.unit ?? 0) < unit) low = middle + 1;
      else high = middle;
    }
    return offset + 1 + unit + (escaped[low - 1]?.moved ?? 0);
  };
  return { text, spanOf: (start, end) => [place(start), place(end)] };
}
