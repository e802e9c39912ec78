import { once } from '../../lazily.ts';
import { englishShapes } from './english.ts';
import { wordsFrom } from './front-coding.ts';
import { type Shapes, shapesOf } from './shapes.ts';

/** The words that scrambled ones may have been. */
export interface Languages {
  /** Of the language that a text's words are of, as they stand or with their letters in order; of English where that is not clear. */
  shapesFor(words: Iterable<string>): Shapes;
}

const ENGLISH = 'en';
/** Words that are looked at, and of how many a language is told. */
const MOST = 500;
const FEWEST = 4;
/** Share of a text's words that a language knows where nothing else need be tried. */
const CLEAR = 0.5;

/**
 * Reads a file of dictionaries: a line a language, its code, then lists of words, the commoner ones first, each front-coded (`frontCoded`),
 * tabs between them. What is no such line gives no words. A language is unpacked when a text is first held against it.
 * @param pieces More English words, the commonest first.
 */
export function languagesFrom(file: string, pieces: Iterable<string> = []): Languages {
  const lines = new Map(file.split('\n').map((line) => [line.slice(0, line.indexOf('\t')), line]));
  const listed = (language: string): string[] => (lines.get(language) ?? '').split('\t').slice(1).flatMap(wordsFrom);
  const english = englishShapes([...pieces, ...listed(ENGLISH)]);
  const others = [...lines.keys()].filter((language) => language !== ENGLISH).map((language) => once(() => beside(english, shapesOf(listed(language)))));
  return {
    shapesFor: (words) => {
      const some = [...new Set(words)].slice(0, MOST);
      const share = (knows: (word: string) => boolean): number => some.filter(knows).length / some.length;
      const reads =
        (shapes: Shapes) =>
        (word: string): boolean =>
          shapes.has(word) || shapes.wordOf(word) !== undefined;
      const inEnglish = some.length < FEWEST ? 1 : share(reads(english));
      if (inEnglish >= CLEAR) return english;
      const standing = best(others, (shapes) => share((word) => shapes.has(word)));
      if (standing && standing.figure >= CLEAR) return standing.shapes;
      const shuffled = best(others, (shapes) => share(reads(shapes)));
      return shuffled && shuffled.figure > inEnglish ? shuffled.shapes : english;
    },
  };
}

/** The words that this package knows, English alone. */
export const knownLanguages = once(() => languagesFrom(''));

/** A language's words, and English ones among them. English endings are none of another language. */
function beside(english: Shapes, own: Shapes): Shapes {
  return {
    has: (word) => own.has(word) || english.has(word),
    wordOf: (word) => own.wordOf(word) ?? english.wordOf(word),
    inflectedOf: () => undefined,
  };
}

function best(all: readonly (() => Shapes)[], figureOf: (shapes: Shapes) => number): { shapes: Shapes; figure: number } | undefined {
  let found: { shapes: Shapes; figure: number } | undefined;
  for (const one of all) {
    const shapes = one();
    const figure = figureOf(shapes);
    if (found === undefined || figure > found.figure) found = { shapes, figure };
  }
  return found;
}
