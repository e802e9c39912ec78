import { type Normalised, sliced } from '@portcullis/core';

const BREAK = /\n\s*\n/g;
/** Passages of a text at the most. */
const MOST = 4;
/** UTF-16 code units of a passage: fewer are worded like anything by chance. */
const LEAST = 30;
/** UTF-16 code units of a text from which it fills windows enough to part it. */
const LONGEST = 20_000;

/**
 * A text's paragraphs, or four runs of them of about one length where there are more: what is read alone where the whole leaves a doubt, as
 * ordinary text that shares a window with an order hides it. None of a text of one paragraph, and of a very long one. Linear.
 */
export function passagesOf(text: Normalised): Normalised[] {
  if (text.text.length > LONGEST) return [];
  const ends = [...[...text.text.matchAll(BREAK)].map(({ 0: mark, index }) => index + mark.length), text.text.length];
  const size = ends.length > MOST ? text.text.length / MOST : 0;
  const passages: Normalised[] = [];
  let start = 0;
  for (const end of ends) {
    if (end - start < size && end < text.text.length) continue;
    const passage = sliced(text, start, end);
    if (passage.text.trim().length >= LEAST) passages.push(passage);
    start = end;
  }
  return ends.length > 1 ? passages : [];
}
