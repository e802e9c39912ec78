import { ATTACK_WORDS } from './attack-words.ts';
import { COMMON_WORDS } from './common-words.ts';
import { DICTIONARY } from './dictionary.ts';
import { type Inflect, type Shapes, shapesOf, sorted } from './shapes.ts';

/** Endings of English words that no list has in full, and how the word ended that they were put to: anything, or a letter that went. */
const ENDINGS: readonly (readonly [ending: string, of: '' | 'e' | 'y'])[] = [
  ...['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'r', 'ers', 'able', 'al', 'ally', 'ment', 'ness', 'ful', 'less', 'ity', 'ist', 'ism', 'ize', 'ized'].map(
    (ending) => [ending, ''] as const,
  ),
  ...['ed', 'ing', 'er', 'ers', 'able', 'ation', 'ations', 'ion', 'ive', 'ity'].map((ending) => [ending, 'e'] as const),
  ...['ies', 'ied', 'ily', 'iness'].map((ending) => [ending, 'y'] as const),
];
const BEGINNINGS = ['un', 're', 'dis', 'mis', 'in', 'im', 'non', 'pre', 'over', 'de'];

/** The shapes of the English words that this package knows, and of more, the commonest first; with endings and beginnings. */
export function englishShapes(more: Iterable<string> = []): Shapes {
  return shapesOf([...ATTACK_WORDS, ...COMMON_WORDS, ...more, ...DICTIONARY], inflect);
}

const inflect: Inflect = (word, listed) => {
  const [first = '', last = ''] = [word[0], word.at(-1)];
  const inner = sorted(word.slice(1, -1));
  for (const [ending, of] of ENDINGS) {
    const letters = last === ending.at(-1) ? without(inner, ending.slice(0, -1)) : undefined;
    if (letters === undefined) continue;
    const stem = of === '' ? firstOf(letters, (end) => listed(first + without(letters, end) + end)) : listed(first + letters + of);
    if (stem !== undefined) return stem.slice(0, stem.length - of.length) + ending;
  }
  for (const beginning of BEGINNINGS) {
    const letters = first === beginning[0] ? without(inner, beginning.slice(1)) : undefined;
    const stem = letters && firstOf(letters, (start) => listed(start + without(letters, start) + last));
    if (stem !== undefined) return beginning + stem;
  }
  return undefined;
};

/** The first word that one of some letters gives. */
function firstOf(letters: string, wordOf: (letter: string) => string | undefined): string | undefined {
  for (const letter of new Set(letters)) {
    const word = wordOf(letter);
    if (word !== undefined) return word;
  }
  return undefined;
}

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
