import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedEntropy } from './intent.ts';

const cosine = fc.double({ min: -1, max: 1, noNaN: true });

describe('normalisedEntropy', () => {
  it('is 1 where all intents are equally near', () => {
    expect(normalisedEntropy(new Float32Array([0.3, 0.3, 0.3]), 0.1)).toBeCloseTo(1, 6);
  });

  it('is 0 where one intent is far ahead, even of cosines that a small temperature makes huge', () => {
    expect(normalisedEntropy(new Float32Array([1, -1, -1]), 1e-4)).toBe(0);
  });

  it('is what the formula gives', () => {
    const [p, q] = [1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(2))];
    expect(normalisedEntropy(new Float32Array([0.7, 0.5]), 0.1)).toBeCloseTo(-(p * Math.log(p) + q * Math.log(q)) / Math.log(2), 5);
  });

  it('stays in [0, 1], and rises with the temperature', () => {
    fc.assert(
      fc.property(fc.array(cosine, { minLength: 2, maxLength: 20 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (cosines, temperature) => {
        const entropy = normalisedEntropy(Float32Array.from(cosines), temperature);
        expect(entropy).toBeGreaterThanOrEqual(0);
        expect(entropy).toBeLessThanOrEqual(1);
        expect(normalisedEntropy(Float32Array.from(cosines), temperature * 2)).toBeGreaterThanOrEqual(entropy - 1e-9);
      }),
    );
  });

  it('is no number where a cosine is none', () => {
    expect(normalisedEntropy(new Float32Array([0.1, Number.NaN]), 0.1)).toBeNaN();
  });
});
