import type { Span } from '../../verdict.ts';
import type { Normalised } from '../normalise.ts';
import { isKnown, isShort } from '../words/lexicon.ts';

const TOKEN = /\S+/g;
const WORD = /\p{L}+/gu;
/** Known words in a row that end a range: one by chance is among the words of most languages. */
const PLAIN_IN_ROW = 2;
/** Letters and signs from which a range is a message; ideographs need no more. */
const LEAST = 10;

/**
 * Where a text names a cipher, ranges of it that English does not explain: the ciphered text, whatever its language. They begin and end
 * with a token that holds no known word.
 * @param name how texts call the cipher.
 * @param looks whether such a range speaks for the cipher.
 */
export function namedSpans({ text }: Normalised, name: RegExp, looks: (range: string) => boolean): Span[] {
  if (!name.test(text)) return [];
  const spans: Span[] = [];
  let [start, end, plain] = [-1, -1, 0];
  const close = (): void => {
    if (start >= 0 && end - start >= LEAST && looks(text.slice(start, end))) spans.push([start, end]);
    start = -1;
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const words = token.match(WORD) ?? [];
    if (words.some((word) => word.length > 2 && isKnown(word))) {
      plain += 1;
      if (plain === PLAIN_IN_ROW) close();
    }
    // Short words are words of many languages: they neither begin a range nor end one.
    if (words.some((word) => isShort(word) || isKnown(word))) continue;
    plain = 0;
    if (start < 0) start = index;
    end = index + token.length;
  }
  close();
  return spans;
}
