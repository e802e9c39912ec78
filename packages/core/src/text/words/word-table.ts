import type { Normalised } from '../normalise.ts';
import { isKnown } from './lexicon.ts';

/** A run of ASCII letters in a text. */
export interface Word {
  /** In lower case. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly known: boolean;
}

const WORD = /[A-Za-z]+/g;
const tables = new WeakMap<Normalised, readonly Word[]>();

/** The words of a view, in order; made once for all that look at the same view. */
export function wordTable(source: Normalised): readonly Word[] {
  const ready = tables.get(source);
  if (ready !== undefined) return ready;
  // A long text repeats its words: each is folded and looked up once.
  const seen = new Map<string, Pick<Word, 'text' | 'known'>>();
  const words: Word[] = [];
  for (const { 0: word, index } of source.text.matchAll(WORD)) {
    let entry = seen.get(word);
    if (entry === undefined) {
      entry = { text: word.toLowerCase(), known: isKnown(word) };
      seen.set(word, entry);
    }
    words.push({ text: entry.text, start: index, end: index + word.length, known: entry.known });
  }
  tables.set(source, words);
  return words;
}
