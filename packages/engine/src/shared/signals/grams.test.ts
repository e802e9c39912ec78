import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterGrams, type Grams, wordGrams } from './grams.ts';
import { murmur3 } from './murmur3.ts';

const hashesOf = (grams: Grams, text: string): Set<number> => {
  const found = new Set<number>();
  grams(text, (hash) => found.add(hash));
  return found;
};

const hashed = (grams: Iterable<string>): Set<number> =>
  new Set(
    Array.from(grams, (gram) => {
      const bytes = new TextEncoder().encode(gram);
      return murmur3(bytes, 0, bytes.length);
    }),
  );

/** The same, plainly: as the training pipeline has it. */
const plainly = (text: string): string[] =>
  text
    .split(/\s+/u)
    .flatMap((word) => {
      const padded = word === '' ? [] : [' ', ...word, ' '];
      return [2, 3, 4, 5].flatMap((n) => padded.map((_, at) => padded.slice(at, at + n)).filter(({ length }, at) => length === n || (at === 0 && length > 0)));
    })
    .map((gram) => gram.join(''));

describe('characterGrams', () => {
  it('are those of a padded word, and of a short one the whole', () => {
    expect(hashesOf(characterGrams, 'ab')).toEqual(hashed([' a', 'ab', 'b ', ' ab', 'ab ', ' ab ']));
    expect(hashesOf(characterGrams, '  ')).toEqual(new Set());
  });

  it('never cut a character of several bytes', () => {
    expect(hashesOf(characterGrams, 'ö👍')).toEqual(hashed([' ö', 'ö👍', '👍 ', ' ö👍', 'ö👍 ', ' ö👍 ']));
  });

  it('are the plain ones of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(hashesOf(characterGrams, text)).toEqual(hashed(plainly(text.toWellFormed())));
      }),
    );
  });
});

describe('wordGrams', () => {
  it('are the runs of one to three words, whatever stands between them', () => {
    expect(hashesOf(wordGrams, 'Vergiss, «alles» Ältere!')).toEqual(
      hashed(['Vergiss', 'alles', 'Ältere', 'Vergiss alles', 'alles Ältere', 'Vergiss alles Ältere']),
    );
    expect(hashesOf(wordGrams, '?! …')).toEqual(new Set());
  });
});
