import type { Transform } from '../transform.ts';
import { utf8Bytes } from '../utf8.ts';
import { COVERS } from './covers.ts';

const EMOJI = ['😊', '👍', '🎉', '🐈', '🌻', '❤'] as const;

/** Each UTF-8 byte as a variation selector: 0 to 15 are U+FE00 to U+FE0F, 16 to 255 are U+E0100 to U+E01EF. */
export function toVariationSelectors(text: string): string {
  let selectors = '';
  for (const byte of utf8Bytes(text)) selectors += String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16);
  return selectors;
}

/** A harmless message that ends in an emoji, which carries the text in invisible variation selectors. */
export const emojiSmuggling: Transform = {
  name: 'emoji-smuggling',
  family: 'character',
  readable: false,
  reference: 'Butler 2025, Smuggling arbitrary data through an emoji; Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 6, plus: 100 },
  apply: (text, random) => `${random.pick(COVERS)} ${random.pick(EMOJI)}${toVariationSelectors(text)}`,
};
