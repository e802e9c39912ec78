import { base32 as coder } from '@scure/base';
import { utf8Bytes } from '../utf8.ts';
import { instructed } from './instructed.ts';

/** Base32 of the UTF-8 (RFC 4648). */
export function toBase32(text: string): string {
  return coder.encode(utf8Bytes(text));
}

export const base32 = instructed({
  name: 'base32',
  code: 'Base32',
  reference: 'garak encoding.InjectBase32',
  growth: { times: 5, plus: 8 },
  encode: toBase32,
});
