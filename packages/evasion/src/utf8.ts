import { utf8 } from '@scure/base';

/** The text's UTF-8; a lone surrogate becomes U+FFFD, as it does in a `TextEncoder`. */
export function utf8Bytes(text: string): Uint8Array {
  return utf8.decode(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
