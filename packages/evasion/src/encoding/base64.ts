import { base64 as coder } from '@scure/base';
import { utf8Bytes } from '../utf8.ts';
import { instructed } from './instructed.ts';

/** Standard Base64 of the UTF-8 (RFC 4648). */
export function toBase64(text: string): string {
  return coder.encode(utf8Bytes(text));
}

export const base64 = instructed({
  name: 'base64',
  code: 'Base64',
  reference: 'Wei et al. 2023, Jailbroken (arXiv 2307.02483); garak encoding.InjectBase64',
  growth: { times: 4, plus: 4 },
  encode: toBase64,
});
