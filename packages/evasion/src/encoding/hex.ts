import { hex as coder } from '@scure/base';
import type { Random } from '../random.ts';
import { utf8Bytes } from '../utf8.ts';
import { instructed } from './instructed.ts';

/** What stands before each pair of digits. */
const PREFIXES = ['', '', ' ', '\\x'] as const;

/** Hexadecimal of the UTF-8: run together, pair by pair, or as `\x` escapes. */
export function toHex(text: string, random: Random): string {
  const prefix = random.pick(PREFIXES);
  return coder
    .encode(utf8Bytes(text))
    .replace(/../g, (pair) => prefix + pair)
    .trimStart();
}

export const hex = instructed({
  name: 'hex',
  code: 'hexadecimal',
  reference: 'garak encoding.InjectHex',
  growth: { times: 12, plus: 0 },
  encode: toHex,
});
