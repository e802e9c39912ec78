import { textOfBytes } from '../words/bytes.ts';
import type { HiddenFinder } from './hidden-text.ts';

// Honest text sets at most one selector after a character; two may be a slip.
const RUN = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{3,}/gu;

/** Bytes smuggled as variation selectors, usually behind an emoji: selectors 1 to 256 stand for 0 to 255 (P. Butler's scheme), as UTF-8. */
export const variationSelectors: HiddenFinder = (original) =>
  [...original.matchAll(RUN)].map(({ 0: run, index }) => {
    const bytes = Uint8Array.from([...run], (selector) => {
      const code = selector.codePointAt(0) ?? 0;
      return code < 0xe0100 ? code - 0xfe00 : code - 0xe0100 + 16;
    });
    return { kind: 'variation-selectors', span: [index, index + run.length], text: textOfBytes(bytes) ?? '' };
  });
