import { ATTACK_WORDS } from './attack-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { DICTIONARY } from './dictionary.ts';

const SHORTEST = 4;
const LONGEST = 16;
/** Endings of English words that no list has in full, and how the word ended that they were put to: anything, or a letter that went. */
const ENDINGS: readonly (readonly [ending: string, of: '' | 'e' | 'y'])[] = [
  ...['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'r', 'ers', 'able', 'al', 'ally', 'ment', 'ness', 'ful', 'less', 'ity', 'ist', 'ism', 'ize', 'ized'].map(
    (ending) => [ending, ''] as const,
  ),
  ...['ed', 'ing', 'er', 'ers', 'able', 'ation', 'ations', 'ion', 'ive', 'ity'].map((ending) => [ending, 'e'] as const),
  ...['ies', 'ied', 'ily', 'iness'].map((ending) => [ending, 'y'] as const),
];
const BEGINNINGS = ['un', 're', 'dis', 'mis', 'in', 'im', 'non', 'pre', 'over', 'de'];

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
      if (word.length < SHORTEST || word.length > LONGEST) return undefined;
      const [first = '', last = ''] = [word[0], word.at(-1)];
      const inner = sorted(word.slice(1, -1));
      for (const [ending, of] of ENDINGS) {
        const letters = last === ending.at(-1) ? without(inner, ending.slice(0, -1)) : undefined;
        if (letters === undefined) continue;
        const stem = of === '' ? firstOf(letters, (end) => byShape.get(first + without(letters, end) + end)) : byShape.get(first + letters + of);
        if (stem !== undefined) return stem.slice(0, stem.length - of.length) + ending;
      }
      for (const beginning of BEGINNINGS) {
        const letters = first === beginning[0] ? without(inner, beginning.slice(1)) : undefined;
        const stem = letters && firstOf(letters, (start) => byShape.get(start + without(letters, start) + last));
        if (stem !== undefined) return beginning + stem;
      }
      return undefined;
    },
  };
}

/** The first word that one of some letters gives. */
function firstOf(letters: string, wordOf: (letter: string) => string | undefined): string | undefined {
  for (const letter of new Set(letters)) {
    const word = wordOf(letter);
    if (word !== undefined) return word;
  }
  return undefined;
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
