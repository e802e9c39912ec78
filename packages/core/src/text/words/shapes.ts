import { ATTACK_WORDS } from './attack-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { DICTIONARY } from './dictionary.ts';

const SHORTEST = 4;
const LONGEST = 16;
/** Letters of a word from which endings are taken off: shorter ones turn into others by chance. */
const SHORTEST_INFLECTED = 4;
/** Endings of English words that no list has in full, and whether a final `e` goes before them. */
const ENDINGS: readonly (readonly [ending: string, drops: boolean])[] = [
  ['s', false],
  ['ed', true],
  ['ing', true],
  ['ly', false],
  ['er', true],
  ['es', false],
  ['ers', true],
];

/** Words by what is left of them when their inner letters are shuffled: first letter, inner letters, last letter. All take lower case. */
export interface Shapes {
  /** True of a word that is right as it stands. */
  has(word: string): boolean;
  /** The word of the list that a shuffled one was; undefined if there is none. */
  wordOf(shuffled: string): string | undefined;
  /** The word of the list with an ending that a shuffled one was. Many strings are one by chance: for texts of which the disguise is sure. */
  inflectedOf(shuffled: string): string | undefined;
}

/**
 * The shapes of the words that this package knows, and of more in lower-case ASCII letters, the commonest first: of words that have the same
 * shape, the first is taken. Words of fewer than four or more than sixteen letters have none.
 */
export function shapesOf(more: Iterable<string>): Shapes {
  const known = new Set<string>();
  const byShape = new Map<string, string>();
  for (const word of [...ATTACK_WORDS, ...COMMON_WORDS, ...more, ...DICTIONARY]) {
    if (word.length < SHORTEST || word.length > LONGEST || known.has(word)) continue;
    known.add(word);
    const shape = shapeOf(word);
    if (!byShape.has(shape)) byShape.set(shape, word);
  }
  // What a word must begin and end with to be worth sorting.
  const ends = new Set([...known].map(endsOf));
  return {
    has: (word) => known.has(word),
    wordOf: (word) => (ends.has(endsOf(word)) ? byShape.get(shapeOf(word)) : undefined),
    inflectedOf: (word) => {
      if (word.length < SHORTEST_INFLECTED || word.length > LONGEST) return undefined;
      const inner = sorted(word.slice(1, -1));
      for (const [ending, drops] of ENDINGS) {
        const letters = word.at(-1) === ending.at(-1) ? without(inner, ending.slice(0, -1)) : undefined;
        if (letters === undefined) continue;
        for (const last of new Set(letters)) {
          const stem = byShape.get(`${word[0]}${without(letters, last)}${last}`);
          if (stem !== undefined) return stem + ending;
        }
        const stem = drops ? byShape.get(`${word[0]}${letters}e`) : undefined;
        if (stem !== undefined) return stem.slice(0, -1) + ending;
      }
      return undefined;
    },
  };
}

let own: Shapes | undefined;

/** The shapes of the words that this package knows; made when they are first asked for. */
export function knownShapes(): Shapes {
  own ??= shapesOf([]);
  return own;
}

const sorted = (letters: string): string => [...letters].sort().join('');

const shapeOf = (word: string): string => `${word[0]}${sorted(word.slice(1, -1))}${word.at(-1)}`;

const endsOf = (word: string): string => `${word[0]}${word.at(-1)}${word.length}`;

/** Letters less some of them, in their order; undefined if one is missing. */
function without(letters: string, some: string): string | undefined {
  let left = letters;
  for (const letter of some) {
    const at = left.indexOf(letter);
    if (at < 0) return undefined;
    left = left.slice(0, at) + left.slice(at + 1);
  }
  return left;
}
