import { bidi } from './bidi.ts';
import { cssHidden } from './css-hidden.ts';
import type { HiddenFinder, HiddenKind, HiddenText } from './hidden-text.ts';
import { htmlComments } from './html-comments.ts';
import { markdownHidden } from './markdown-hidden.ts';
import { tagCharacters } from './tag-characters.ts';
import { variationSelectors } from './variation-selectors.ts';
import { zeroWidth } from './zero-width.ts';

/** The least excusable first: nobody smuggles bytes by accident, many write comments. */
const FINDERS: readonly HiddenFinder[] = [tagCharacters, variationSelectors, zeroWidth, bidi, cssHidden, htmlComments, markdownHidden];

const MARKUP: ReadonlySet<HiddenKind> = new Set(['css-hidden', 'html-comment', 'markdown-comment', 'alt-text', 'link-title']);

/** All hidden or smuggled text of an original text, by kind and then by place. Linear. */
export function hiddenTexts(original: string): HiddenText[] {
  return FINDERS.flatMap((find) => find(original));
}

/** True of kinds that only rendering hides: their text stands in the original. The others are read from characters that show nothing. */
export function isMarkup(kind: HiddenKind): boolean {
  return MARKUP.has(kind);
}
