import { ATTACK_WORDS } from './attack-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { DICTIONARY } from './dictionary.ts';

const SHORTEST = 4;
const LONGEST = 16;
/** Letters of a word from which endings are taken off: shorter ones turn into others by chance. */
const SHORTEST_INFLECTED = 6;
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

/** Words by what is left of them when their inner letters are shuffled: first letter, inner letters, last letter. */
export interface Shapes {
  /** True of a word that is right as it stands. Takes lower case, as `wordOf` does. */
  has(word: string): boolean;
  /** The word that a shuffled one was: one of the list, else one of the list with an ending. Undefined if there is none. */
  wordOf(shuffled: string): string | undefined;
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
    const shape = shapeOf(word[0], [...word.slice(1, -1)], word.at(-1));
    if (!byShape.has(shape)) byShape.set(shape, word);
  }
  // What a word must begin and end with to be worth sorting.
  const ends = new Set([...known].map((word) => `${word[0]}${word.at(-1)}${word.length}`));

  const inflected = (word: string): string | undefined => {
    for (const [ending, drops] of ENDINGS) {
      if (!word.endsWith(ending.at(-1) ?? '')) continue;
      const inner = without(word.slice(1, -1), ending.slice(0, -1));
      if (inner === undefined) continue;
      for (const last of new Set(inner)) {
        const stem = byShape.get(shapeOf(word[0], [...(without(inner, last) ?? '')], last));
        if (stem !== undefined) return stem + ending;
      }
      const stem = drops ? byShape.get(shapeOf(word[0], [...inner], 'e')) : undefined;
      if (stem !== undefined) return stem.slice(0, -1) + ending;
    }
    return undefined;
  };

  return {
    has: (word) => known.has(word),
    wordOf: (word) => {
      if (word.length < SHORTEST || word.length > LONGEST) return undefined;
      const whole = ends.has(`${word[0]}${word.at(-1)}${word.length}`) ? byShape.get(shapeOf(word[0], [...word.slice(1, -1)], word.at(-1))) : undefined;
      return whole ?? (word.length < SHORTEST_INFLECTED ? undefined : inflected(word));
    },
  };
}

let own: Shapes | undefined;

/** The shapes of the words that this package knows; made when they are first asked for. */
export function knownShapes(): Shapes {
  own ??= shapesOf([]);
  return own;
}

function shapeOf(first: string | undefined, inner: string[], last: string | undefined): string {
  return `${first}${inner.sort().join('')}${last}`;
}

/** Letters less some of them; undefined if one is missing. */
function without(letters: string, some: string): string | undefined {
  let left = letters;
  for (const letter of some) {
    const at = left.indexOf(letter);
    if (at < 0) return undefined;
    left = left.slice(0, at) + left.slice(at + 1);
  }
  return left;
}
