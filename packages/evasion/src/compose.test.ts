import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullWidth } from './character/full-width.ts';
import { leetspeak } from './character/leetspeak.ts';
import { compose } from './compose.ts';
import { base64 } from './encoding/base64.ts';
import { randomOf } from './random.ts';
import { anyString, RUNS, seed } from './testing/texts.ts';
import type { Transform } from './transform.ts';
import { TRANSFORMS } from './transforms.ts';

describe('compose', () => {
  it('applies the first first', () => {
    const both = compose(fullWidth, base64);
    expect(both).toMatchObject({ name: 'full-width+base64', family: 'encoding', readable: false });
    expect(both.apply('Hi', randomOf(1))).toContain(Buffer.from('Ｈｉ').toString('base64'));
  });

  it('is the transform itself when there is one', () => {
    expect(compose(leetspeak)).toBe(leetspeak);
  });

  it('is readable only if all of it is', () => {
    expect(compose(leetspeak, fullWidth).readable).toBe(true);
    expect(compose(base64, fullWidth).readable).toBe(false);
  });

  it('bounds any pair by its parts', () => {
    const any = fc.constantFrom(...(TRANSFORMS as [Transform, ...Transform[]]));
    fc.assert(
      fc.property(any, any, anyString, seed, (first, second, text, from) => {
        const both = compose(first, second);
        const result = both.apply(text, randomOf(from));
        const random = randomOf(from);
        expect(second.apply(first.apply(text, random), random)).toBe(result);
        expect(result.length).toBeLessThanOrEqual(text.length * both.growth.times + both.growth.plus);
      }),
      { numRuns: RUNS },
    );
  });
});
