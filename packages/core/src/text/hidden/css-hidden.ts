import type { HiddenFinder, HiddenText } from './hidden-text.ts';

const TAG = /<([a-z][a-z0-9]{0,15})\b([^<>]{4,2000})>/gi;
const ANY_TAG = /<[^<>]*>/g;
const HIDDEN_ATTRIBUTE = /(?:^|\s)hidden(?:\s|=|\/|$)/i;
const INVISIBLE_STYLE = new RegExp(
  [
    'display\\s?:\\s?none',
    'visibility\\s?:\\s?(?:hidden|collapse)',
    'opacity\\s?:\\s?0?\\.?0(?![.\\d]*[1-9])',
    'font-size\\s?:\\s?(?:0(?![.\\d])|0?\\.0|1px)',
    '(?:text-indent|left|top)\\s?:\\s?-\\d{3}',
    '(?:max-)?(?:height|width)\\s?:\\s?0(?![.\\d])',
    '(?<![-a-z])color\\s?:\\s?transparent',
  ].join('|'),
  'i',
);
const WHITE = '(?:white|#fff(?:f{3})?(?![0-9a-f])|rgba?\\(\\s?255\\s?,\\s?255\\s?,\\s?255|snow|ivory|#fefefe)';
const WHITE_TEXT = new RegExp(`(?<![-a-z])color\\s?:\\s?${WHITE}|<font[^<>]*color\\s?=\\s?["']?${WHITE}`, 'i');
const BACKGROUND = /background(?:-color)?\s?:/i;
const WHITE_BACKGROUND = new RegExp(`background(?:-color)?\\s?:\\s?${WHITE}`, 'i');

/**
 * Text of HTML elements that a browser does not show: `hidden`, `display: none`, no size, no opacity, off the page, white on white.
 * White text on a background that the same style gives another colour is a button, not a hiding place. The element ends at the nearest tag that closes its name.
 */
export const cssHidden: HiddenFinder = (original) => {
  const found: HiddenText[] = [];
  let lower: string | undefined;
  let after = 0;
  for (const { 0: tag, index, 1: name = '', 2: attributes = '' } of original.matchAll(TAG)) {
    if (index < after || !isHidden(tag, attributes)) continue;
    lower ??= original.toLowerCase();
    const inner = index + tag.length;
    const close = lower.length === original.length ? lower.indexOf(`</${name.toLowerCase()}`, inner) : original.indexOf(`</${name}`, inner);
    // What is never closed hides the rest, and nothing of the rest needs another look.
    const end = close < 0 ? original.length : close;
    after = end;
    const text = original.slice(inner, end).replace(ANY_TAG, ' ').trim();
    if (/\p{L}/u.test(text)) found.push({ kind: 'css-hidden', span: [index, end], text });
  }
  return found;
};

function isHidden(tag: string, attributes: string): boolean {
  const unquoted = attributes.replace(/"[^"]*"|'[^']*'/g, '""');
  if (HIDDEN_ATTRIBUTE.test(unquoted) || INVISIBLE_STYLE.test(attributes)) return true;
  return WHITE_TEXT.test(tag) && (!BACKGROUND.test(attributes) || WHITE_BACKGROUND.test(attributes));
}
