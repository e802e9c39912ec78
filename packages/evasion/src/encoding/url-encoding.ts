import { hex } from '@scure/base';
import { utf8Bytes } from '../utf8.ts';
import { instructed } from './instructed.ts';

/** Percent encoding of every byte of the UTF-8, letters included. */
export function toPercent(text: string): string {
  return hex
    .encode(utf8Bytes(text))
    .toUpperCase()
    .replace(/../g, (pair) => `%${pair}`);
}

export const urlEncoding = instructed({
  name: 'url-encoding',
  code: 'URL encoding',
  reference: 'PyRIT UrlConverter; RFC 3986',
  growth: { times: 9, plus: 0 },
  encode: toPercent,
});
