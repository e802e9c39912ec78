import { describe, expect, it } from 'vitest';
import { cosinesTo } from './cosines.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(Int8Array.from(values).buffer);

describe('cosinesTo', () => {
  it('gives the cosine with each row, whatever the rows’ lengths', () => {
    const cosines = cosinesTo('bank.bin', bytes(3, 4, 127, 0, 0, -127, -60, 80), 4, 2);
    const found = cosines(new Float32Array([0.6, 0.8]));
    for (const [row, cosine] of [1, 0.6, -0.8, 0.28].entries()) expect(found[row]).toBeCloseTo(cosine, 6);
  });

  it('reads bytes that stand in the middle of others', () => {
    const [found] = cosinesTo('bank.bin', bytes(9, 9, 0, 5).subarray(2), 1, 2)(new Float32Array([0, 1]));
    expect(found).toBeCloseTo(1, 6);
  });

  it.each([bytes(1, 2, 3), bytes(1, 2, 3, 4, 5)])('refuses bytes that are not rows of the dimension', (wrong) => {
    expect(() => cosinesTo('bank.bin', wrong, 2, 2)).toThrow(
      expect.objectContaining({ code: 'bundle-invalid', message: expect.stringMatching(/^bank\.bin has \d bytes, not 2 × 2$/) }),
    );
  });

  it('refuses a row that points nowhere', () => {
    expect(() => cosinesTo('bank.bin', bytes(1, 2, 0, 0), 2, 2)).toThrow(
      expect.objectContaining({ code: 'bundle-invalid', message: 'bank.bin: row 1 has no direction' }),
    );
  });

  it('has no number for an embedding that has none, or is short', () => {
    const cosines = cosinesTo('bank.bin', bytes(1, 2), 1, 2);
    expect(cosines(new Float32Array([Number.NaN, 1]))[0]).toBeNaN();
    expect(cosines(new Float32Array([1]))[0]).toBeNaN();
  });
});
