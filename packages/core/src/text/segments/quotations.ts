import { type Segment, trimmed } from './segment.ts';

// Quotations of a sentence's length; shorter ones are names and words.
const QUOTATION = /"""([^"]{20,4000})"""|“([^“”]{40,4000})”|«([^«»]{40,4000})»|„([^„“”]{40,4000})[“”]|(?<![A-Za-z0-9])"([^"\n]{40,4000})"(?![A-Za-z0-9])/g;

// Three blanks, or a script that sets none.
const SENTENCE = /\s\S+\s\S+\s|[^\p{Script=Latin}\p{Script=Common}]{20}/u;

/** A segment of text, parted into the long quotations in it and what stands between. */
export function withQuotations(text: string, segment: Segment): Segment[] {
  if (segment.kind !== 'text') return [segment];
  const [start, end] = segment.span;
  const parts: Segment[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(QUOTATION)) {
    if (!SENTENCE.test(match[0])) continue;
    const at = start + match.index;
    parts.push(...trimmed(text, segment.kind, from, at), ...trimmed(text, 'quotation', at, at + match[0].length));
    from = at + match[0].length;
  }
  return from === start ? [segment] : [...parts, ...trimmed(text, segment.kind, from, end)];
}
