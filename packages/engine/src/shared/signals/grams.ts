import { murmur3 } from './murmur3.ts';

const ENCODER = new TextEncoder();

/** Calls back with the hash of each n-gram, in no particular order, repeats included. */
export type Grams = (text: string, found: (hash: number) => void) => void;

/** The n-grams of 2 to 5 characters within each word, a blank before and after it; of a word shorter than the gram, the whole. */
export const characterGrams: Grams = (text, found) => {
  for (const word of new Set(text.split(/\s+/u))) {
    if (word === '') continue;
    const bytes = ENCODER.encode(` ${word} `);
    const starts = characterStarts(bytes);
    const length = starts.length - 1;
    for (let n = 2; n <= 5; n += 1) {
      for (let at = 0; at < Math.max(1, length - n + 1); at += 1) found(murmur3(bytes, starts[at] ?? 0, starts[Math.min(at + n, length)] ?? 0));
    }
  }
};

/** The n-grams of 1 to 3 words, a blank between them. */
export const wordGrams: Grams = (text, found) => {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const bytes = ENCODER.encode(words.join(' '));
  const starts = [0];
  for (const [at, byte] of bytes.entries()) if (byte === 0x20) starts.push(at + 1);
  starts.push(bytes.length + 1);
  for (let n = 1; n <= 3; n += 1) {
    for (let at = 0; at + n <= words.length; at += 1) found(murmur3(bytes, starts[at] ?? 0, (starts[at + n] ?? 0) - 1));
  }
};

/** Where the characters of UTF-8 begin, and where the last one ends. */
function characterStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (const [at, byte] of bytes.entries()) if ((byte & 0xc0) !== 0x80) starts.push(at);
  return [...starts, bytes.length];
}
