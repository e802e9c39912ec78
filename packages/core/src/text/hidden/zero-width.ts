import { bytesOfBits, textOfBytes } from '../words/bytes.ts';
import { isReadable } from '../words/readable.ts';
import type { HiddenFinder } from './hidden-text.ts';

const ZERO_WIDTH = /[\u200B-\u200D\u2060\u2062-\u2064\uFEFF]/g;
/** Three letters of eight bits; Persian and emoji use these characters too, but not as bits that read as text. */
const SHORTEST = 24;

/**
 * Text smuggled as bits of two zero-width characters, the two commonest, each tried as the one; others are taken for separators.
 * Bits scattered between visible letters are read as one text.
 */
export const zeroWidth: HiddenFinder = (original) => {
  const found = [...original.matchAll(ZERO_WIDTH)];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last || found.length < SHORTEST) return [];
  const counts = new Map<string, number>();
  for (const { 0: sign } of found) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const [zero, one] = [...counts].sort((a, b) => b[1] - a[1]).map(([sign]) => sign);
  const bits = found.map(({ 0: sign }) => (sign === zero ? '0' : sign === one ? '1' : '')).join('');
  const flipped = bits.replace(/[01]/g, (bit) => (bit === '0' ? '1' : '0'));
  for (const readingBits of [bits, flipped]) {
    for (const width of [8, 7] as const) {
      const text = textOfBytes(bytesOfBits(readingBits, width));
      if (isReadable(text)) return [{ kind: 'zero-width', span: [first.index, last.index + 1], text }];
    }
  }
  return [];
};
