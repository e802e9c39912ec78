import { decodeHTML } from 'entities/decode';
import { renormalised } from '../compose.ts';
import { type Edit, rewritten } from '../rewrite.ts';
import type { View } from './view.ts';

// A tag or a comment with a letter on both sides cuts a word in two; elsewhere markup is markup.
const INSIDE_WORD = /(?<=[A-Za-z])(?:<\/?[a-z][a-z0-9]{0,15}>|<!--[^<>]{0,200}-->)(?=[A-Za-z])/gi;
const ENTITY = /&(?:#x0{0,6}[0-9a-f]{1,6}|#0{0,6}\d{1,7}|[a-z][a-z0-9]{1,31});/gi;
const PLAIN = /^[A-Za-z0-9 ]+$/;

/** Markup that hides words: tags and comments inside them, and plain letters written as HTML entities. `&amp;` and the like stay. */
export const markup: View = (source) => {
  if (!/[<&]/.test(source.text)) return source;
  const edits: Edit[] = [];
  for (const { 0: tag, index } of source.text.matchAll(INSIDE_WORD)) edits.push({ start: index, end: index + tag.length, text: '' });
  for (const { 0: entity, index } of source.text.matchAll(ENTITY)) {
    const text = decodeHTML(entity);
    if (PLAIN.test(text)) edits.push({ start: index, end: index + entity.length, text });
  }
  if (edits.length === 0) return source;
  const ascending = edits.sort((a, b) => a.start - b.start);
  return renormalised(
    rewritten(
      source,
      ascending.filter((edit, nth) => edit.start >= (ascending[nth - 1]?.end ?? 0)),
    ),
  );
};
