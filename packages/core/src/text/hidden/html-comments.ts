import type { HiddenFinder, HiddenText } from './hidden-text.ts';

const OPEN = '<!--';
const CLOSE = '-->';

/** Text in HTML comments; one that is never closed runs to the end, as browsers read it. */
export const htmlComments: HiddenFinder = (original) => {
  const found: HiddenText[] = [];
  for (let start = original.indexOf(OPEN); start >= 0; ) {
    const close = original.indexOf(CLOSE, start + OPEN.length);
    const [inner, end] = close < 0 ? [original.length, original.length] : [close, close + CLOSE.length];
    const text = original.slice(start + OPEN.length, inner).trim();
    if (/\p{L}/u.test(text)) found.push({ kind: 'html-comment', span: [start, end], text });
    start = original.indexOf(OPEN, end);
  }
  return found;
};
