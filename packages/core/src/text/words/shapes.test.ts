import { describe, expect, it } from 'vitest';
import { shapesOf } from './shapes.ts';

describe('shapesOf', () => {
  const shapes = shapesOf(['intricate', 'renowned', 'gazelle', 'angle', 'devise', 'intricacy']);

  it.each([
    ['ignroe', 'ignore'],
    ['ictitrane', 'intricate'],
    ['caoetirnosvn', 'conversation'],
  ])('%s was %s', (shuffled, word) => {
    expect(shapes.wordOf(shuffled)).toBe(word);
  });

  it.each([
    ['gazleels', 'gazelles'],
    ['denivsig', 'devising'],
    ['intcatreily', 'intricately'],
    ['iiacctinres', 'intricacies'],
    ['mgniasle', 'misangle'],
  ])('%s was %s, a word with an ending', (shuffled, word) => {
    expect(shapes.wordOf(shuffled)).toBeUndefined();
    expect(shapes.inflectedOf(shuffled)).toBe(word);
  });

  it.each(['zebra', 'abc', 'q'.repeat(40), 'obquesuois', ''])('%j was no word', (shuffled) => {
    expect([shapes.wordOf(shuffled), shapes.inflectedOf(shuffled)]).toEqual([undefined, undefined]);
  });

  it('takes the first of the words that have one shape', () => {
    expect(shapesOf(['spelnidd', 'splendid']).wordOf('sdpelnid')).toBe('spelnidd');
  });

  it('knows which words are right as they stand', () => {
    expect([shapes.has('gazelle'), shapes.has('ignore'), shapes.has('gzaelle')]).toEqual([true, true, false]);
    expect(shapesOf([]).has('gazelle')).toBe(false);
  });
});
