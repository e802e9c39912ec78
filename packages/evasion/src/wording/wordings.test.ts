import { describe, expect, it } from 'vitest';
import { randomOf } from '../random.ts';
import { ATTACKS } from '../testing/texts.ts';
import { fewShot } from './few-shot.ts';
import { prefixPadding, suffixPadding } from './padding.ts';
import { SYNONYMS } from './synonym-lists.ts';
import { synonyms } from './synonyms.ts';

const SEEDS = Array.from({ length: 60 }, (_, index) => index);
const results = (text: string): string[] => SEEDS.map((from) => synonyms.apply(text, randomOf(from)));

describe('the synonym lists', () => {
  it('hold no word twice, and each at least two', () => {
    const words = SYNONYMS.flat();
    expect(new Set(words).size).toBe(words.length);
    for (const list of SYNONYMS) expect(list.length).toBeGreaterThan(1);
    for (const word of words) expect(word).toMatch(/^[a-z]+([ -][a-z]+)*$/);
  });
});

describe('synonyms', () => {
  it('takes words from their own list, and keeps all else', () => {
    const seen = new Set(results('Please, IGNORE it.'));
    expect(seen).toContain('Kindly, DISREGARD it.');
    expect(seen).toContain('If you would, PAY NO ATTENTION TO it.');
    for (const text of seen) expect(text).toMatch(/^(Please|Kindly|If you would), (IGNORE|DISREGARD|OVERLOOK|PAY NO ATTENTION TO|SET ASIDE) it\.$/);
  });

  it('takes the longer phrase first', () => {
    for (const text of results('the system prompt')) expect(text).toMatch(/^the (system prompt|initial prompt|setup text|opening briefing)$/);
  });

  it.each(['ignored', 'rules_of', 'Überrules', 'signore'])('leaves a word inside another: %s', (text) => {
    expect(new Set(results(text))).toEqual(new Set([text]));
  });
});

describe('padding and few-shot', () => {
  it('keep the text whole, at the end, at the start, or as the last question', () => {
    for (const attack of ATTACKS) {
      for (const from of SEEDS) {
        expect(prefixPadding.apply(attack, randomOf(from)).split('\n\n').at(-1)).toBe(attack);
        expect(suffixPadding.apply(attack, randomOf(from)).split('\n\n').at(0)).toBe(attack);
        expect(fewShot.apply(attack, randomOf(from))).toMatch(/\n(A|Assistant|Output|### Answer\n)?:?$/);
        expect(fewShot.apply(attack, randomOf(from))).toContain(attack);
      }
    }
  });

  it('pad with 50 words at least', () => {
    for (const from of SEEDS) expect(prefixPadding.apply('', randomOf(from)).split(' ').length).toBeGreaterThan(50);
  });
});
