import { isKnown } from './lexicon.ts';

const LONGEST = 15;
const STRANGE_LETTER = 10;
const WORD = 9;

/**
 * Sets the blanks back into letters that lost them (`ignoreall` → `ignore all`): the split with the fewest letters outside
 * known words, and of those the one with the fewest words. Dynamic programming over words of at most 15 letters: linear.
 * @returns The words in order; letters that belong to no known word stand together as one.
 */
export function unglued(letters: string): string[] {
  const cost = new Float64Array(letters.length + 1);
  const back = new Uint32Array(letters.length + 1);
  for (let end = 1; end <= letters.length; end += 1) {
    cost[end] = (cost[end - 1] ?? 0) + STRANGE_LETTER;
    back[end] = end - 1;
    for (let start = Math.max(0, end - LONGEST); start < end - 2; start += 1) {
      const price = (cost[start] ?? 0) + WORD;
      if (price < (cost[end] ?? 0) && isKnown(letters.slice(start, end))) {
        cost[end] = price;
        back[end] = start;
      }
    }
  }
  const words: string[] = [];
  let strange = '';
  for (let end = letters.length; end > 0; end = back[end] ?? 0) {
    const piece = letters.slice(back[end], end);
    if (piece.length > 1) {
      if (strange !== '') words.push(strange);
      words.push(piece);
      strange = '';
    } else strange = piece + strange;
  }
  if (strange !== '') words.push(strange);
  return words.reverse();
}
