import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOf } from './random.ts';
import { RUNS, seed } from './testing/texts.ts';

const draws = (from: number, count: number, below: number): number[] => {
  const random = randomOf(from);
  return Array.from({ length: count }, () => random.int(below));
};

describe('randomOf', () => {
  it('makes the same choices for the same seed, others for another', () => {
    expect(draws(1, 20, 1000)).toEqual(draws(1, 20, 1000));
    expect(draws(1, 20, 1000)).not.toEqual(draws(2, 20, 1000));
  });

  it('differs at the very first choice between neighbouring seeds', () => {
    const firsts = Array.from({ length: 300 }, (_, index) => draws(index, 1, 3)[0]);
    for (const value of [0, 1, 2]) expect(firsts.filter((first) => first === value).length).toBeGreaterThan(60);
    // A counter would give 0 1 2 0 1 2.
    expect(firsts.slice(3)).not.toEqual(firsts.slice(0, -3));
  });

  it('stays below', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 1e6 }), (from, below) => {
        for (const value of draws(from, 5, below)) expect(value >= 0 && value < below && Number.isInteger(value)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps to a probability', () => {
    const random = randomOf(7);
    const share = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length / 10_000;
    expect(share).toBeCloseTo(0.3, 1);
    expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
  });

  it('shuffles without losing or changing anything, in every order', () => {
    const items = [1, 2, 3];
    const orders = new Set(Array.from({ length: 200 }, (_, index) => randomOf(index).shuffle(items).join('')));
    expect([...orders].sort()).toEqual(['123', '132', '213', '231', '312', '321']);
    expect(items).toEqual([1, 2, 3]);
  });
});
