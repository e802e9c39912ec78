import { describe, expect, it } from 'vitest';
import { overlapping } from './overlapping.ts';

describe('overlapping', () => {
  it.each([
    [0, [0]],
    [10, [0]],
    [11, [0, 1]],
    [17, [0, 7]],
    [18, [0, 7, 8]],
  ])('covers %d units with stretches of ten, seven apart: %j', (length, starts) => {
    expect(overlapping(length, 10, 7)).toEqual(starts);
  });
});
