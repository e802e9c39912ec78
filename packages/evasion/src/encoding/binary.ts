import { utf8Bytes } from '../utf8.ts';
import { instructed } from './instructed.ts';

/** The bits of each byte of the UTF-8, bytes parted by a blank. */
export function toBinary(text: string): string {
  return Array.from(utf8Bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join(' ');
}

export const binary = instructed({
  name: 'binary',
  code: 'binary',
  reference: 'PyRIT BinaryConverter',
  growth: { times: 27, plus: 0 },
  encode: toBinary,
});
