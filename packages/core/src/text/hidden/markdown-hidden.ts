import type { HiddenFinder, HiddenKind, HiddenText } from './hidden-text.ts';

// `[//]: # (text)` and `[note]: <> "text"`: definitions of links that nothing refers to, the usual comment of Markdown.
const COMMENT = /^\[[^[\]\n]{1,40}\]: ?(?:#|<>) ?[("']([^\n]{1,2000})[)"'] ?$/gm;
const ALT = /!\[((?:[^[\]\\]|\\.){4,2000})\](?=\(|\[)/g;
const TITLE = /\]\([^()\s]{0,2000} {1,3}(?:"((?:[^"\n\\]|\\.){4,2000})"|'((?:[^'\n\\]|\\.){4,2000})')\)/g;
const HTML_ALT = /<img\b[^<>]{0,500}?\b(?:alt|title)\s?=\s?(?:"([^"<>]{4,2000})"|'([^'<>]{4,2000})')/gi;

const PATTERNS: readonly (readonly [HiddenKind, RegExp])[] = [
  ['markdown-comment', COMMENT],
  ['alt-text', ALT],
  ['alt-text', HTML_ALT],
  ['link-title', TITLE],
];

// What Markdown escapes inside the three.
const ESCAPED = /\\([\\()[\]"'])/g;

/** Text that rendered Markdown or an image does not show: comments, alternative texts, titles. */
export const markdownHidden: HiddenFinder = (original) => {
  const found: HiddenText[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of original.matchAll(pattern)) {
      const text = (match[1] ?? match[2] ?? '').replace(ESCAPED, '$1').trim();
      if (/\p{L}/u.test(text)) found.push({ kind, span: [match.index, match.index + match[0].length], text });
    }
  }
  return found.sort((a, b) => a.span[0] - b.span[0]);
};
