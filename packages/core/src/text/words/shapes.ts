import { once } from '../../lazily.ts';

const SHORTEST = 4;
const LONGEST = 20;

/** Words by what is left of them when their inner letters are shuffled: first letter, inner letters, last letter. All take lower case. */
export interface Shapes {
  /** True of a word that is right as it stands. */
  has(word: string): boolean;
  /** The word of the list that a shuffled one was; undefined if there is none. */
  wordOf(shuffled: string): string | undefined;
  /** The word of the list with an ending that a shuffled one was. Many strings are one by chance: for texts of which the disguise is sure. */
  inflectedOf(shuffled: string): string | undefined;
}

/** How words change without being on a list: finds the word that a shuffled one was, given what finds the listed word of a shape. */
export type Inflect = (shuffled: string, listed: (shape: string) => string | undefined) => string | undefined;

/**
 * The shapes of words, the commonest first: of words that have the same shape, the first is taken. Words of fewer than four or more than
 * twenty letters have none.
 */
export function shapesOf(words: Iterable<string>, inflect: Inflect = () => undefined): Shapes {
  const known = new Set<string>();
  for (const word of words) if (word.length >= SHORTEST && word.length <= LONGEST) known.add(word);
  const tables = once(() => tablesOf(known));
  const wordOf = (word: string): string | undefined => {
    const { ends, byShape } = tables();
    return ends.has(endsOf(word)) ? byShape.get(shapeOf(word)) : undefined;
  };
  return {
    has: (word) => known.has(word),
    wordOf,
    inflectedOf: (word) => (word.length < SHORTEST || word.length > LONGEST ? undefined : inflect(word, (shape) => tables().byShape.get(shape))),
  };
}

/** The first word of each shape, and what a word must begin and end with to be worth sorting. */
function tablesOf(words: Iterable<string>): { byShape: ReadonlyMap<string, string>; ends: ReadonlySet<string> } {
  const byShape = new Map<string, string>();
  const ends = new Set<string>();
  for (const word of words) {
    const shape = shapeOf(word);
    if (!byShape.has(shape)) byShape.set(shape, word);
    ends.add(endsOf(word));
  }
  return { byShape, ends };
}

/** Letters in an order that no shuffling changes. */
export const sorted = (letters: string): string => [...letters].sort().join('');

const shapeOf = (word: string): string => `${word[0]}${sorted(word.slice(1, -1))}${word.at(-1)}`;

const endsOf = (word: string): string => `${word[0]}${word.at(-1)}${word.length}`;
