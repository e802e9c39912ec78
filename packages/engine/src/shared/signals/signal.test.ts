import { describe, expect, it } from 'vitest';
import { stacked, strongest } from './signal.ts';

describe('stacked', () => {
  it('puts the embeddings into one tensor, row by row', () => {
    expect(stacked([new Float32Array([1, 2]), new Float32Array([3, 4]), new Float32Array([5, 6])])).toEqual({
      data: new Float32Array([1, 2, 3, 4, 5, 6]),
      dims: [3, 2],
    });
  });
});

describe('strongest', () => {
  it.each([
    [[], 0],
    [[-3], 0],
    [[-3, 2, 1], 1],
    [[-3, 2, 2], 1],
    [[Number.NEGATIVE_INFINITY, -9], 1],
  ])('of %j is at %d', (scores, index) => {
    expect(strongest(new Float32Array(scores))).toBe(index);
  });

  it.each([[[Number.NaN, 9]], [[9, Number.NaN]], [[1, Number.NaN, 9]]])('is the one that is no number, where there is one: %j', (scores) => {
    expect(scores[strongest(new Float32Array(scores))]).toBeNaN();
  });
});
