import { describe, expect, it } from 'vitest';
import { shapesOf } from './shapes.ts';

describe('shapesOf', () => {
  const shapes = shapesOf(['straße', 'gazelle', 'angle', 'wiederholen']);

  it.each([
    ['sßrate', 'straße'],
    ['gzllaee', 'gazelle'],
    ['wlderhieoen', 'wiederholen'],
  ])('%s was %s', (shuffled, word) => {
    expect(shapes.wordOf(shuffled)).toBe(word);
  });

  it.each(['zebra', 'abc', 'q'.repeat(40), 'gzllaes', ''])('%j was no word', (shuffled) => {
    expect([shapes.wordOf(shuffled), shapes.inflectedOf(shuffled)]).toEqual([undefined, undefined]);
  });

  it('takes the first of the words that have one shape', () => {
    expect(shapesOf(['spelnidd', 'splendid']).wordOf('sdpelnid')).toBe('spelnidd');
  });

  it('knows which words are right as they stand', () => {
    expect([shapes.has('gazelle'), shapes.has('gzaelle')]).toEqual([true, false]);
    expect(shapesOf([]).has('gazelle')).toBe(false);
  });
});
