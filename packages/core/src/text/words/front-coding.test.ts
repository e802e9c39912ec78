import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DICTIONARY } from './dictionary.ts';
import { frontCoded, wordsFrom } from './front-coding.ts';

describe('front coding', () => {
  it('says what of the word before is dropped, and what comes instead', () => {
    expect(frontCoded(['able', 'ably', 'about'])).toBe('AableByCout');
  });

  it('gives back every sorted list', () => {
    const word = fc.stringMatching(/^[a-z]{1,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word), (words) => {
        words.sort();
        expect(wordsFrom(frontCoded(words))).toEqual(words);
      }),
    );
  });

  it('gives the dictionary: sorted words, each once', () => {
    expect(DICTIONARY.length).toBeGreaterThan(9_000);
    expect([...new Set(DICTIONARY)].sort()).toEqual(DICTIONARY);
    for (const word of ['abandon', 'mountain', 'zurich']) expect(DICTIONARY).toContain(word);
  });
});
