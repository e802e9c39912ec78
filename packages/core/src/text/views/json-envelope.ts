import { renormalised } from '../compose.ts';
import { disjoint, leaving, rewritten } from '../rewrite.ts';
import { isSentence, wordCount } from '../words/telling.ts';
import { escapesIn, JSON_ESCAPE } from './escapes.ts';
import type { View } from './view.ts';

const STRING = /"(?:[^"\\]|\\[\s\S])*"/g;
/** Units of a document that is parsed; a parser makes many objects of a long one. */
const LONGEST = 200_000;
/** Words of all other values together: an object with more of them says more than its one text. */
const MOST_BESIDE = 12;

/**
 * A JSON document that does no more than carry one text, a message or a ticket: that text, and what values of two words and more stand
 * beside it, a line each. Of the names, numbers and single words around it nothing is left.
 */
export const jsonEnvelope: View = (source) => {
  const { text } = source;
  if (text.length > LONGEST || !/^\s*[[{]/.test(text) || !isJson(text)) return source;
  const values = [...text.matchAll(STRING)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
    named: /^\s*:/.test(text.slice(match.index + match[0].length, match.index + match[0].length + 20)),
  }));
  const said = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const [carried, ...others] = values.filter((value) => isSentence(said(value)));
  if (carried === undefined || carried.named || others.length > 0) return source;
  const beside = values.filter((value) => value !== carried && !value.named);
  if (beside.reduce((sum, value) => sum + wordCount(said(value)), 0) > MOST_BESIDE) return source;
  const kept = values.filter((value) => value === carried || (!value.named && wordCount(said(value)) > 1));
  const around = leaving(
    text,
    kept.map(({ start, end }) => [start, end]),
  );
  return renormalised(rewritten(source, disjoint([...around, ...kept.flatMap((value) => escapesIn(said(value), JSON_ESCAPE, value.start))])));
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
