import { describe, expect, it } from 'vitest';
import { englishShapes } from './english.ts';

describe('englishShapes', () => {
  const shapes = englishShapes(['intricate', 'renowned', 'gazelle', 'angle', 'devise', 'intricacy']);

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
  ])('%s was %s, a word with an ending or a beginning', (shuffled, word) => {
    expect(shapes.wordOf(shuffled)).toBeUndefined();
    expect(shapes.inflectedOf(shuffled)).toBe(word);
  });

  it.each(['abc', 'q'.repeat(40), 'obquesuois', ''])('%j was no word', (shuffled) => {
    expect([shapes.wordOf(shuffled), shapes.inflectedOf(shuffled)]).toEqual([undefined, undefined]);
  });
});
