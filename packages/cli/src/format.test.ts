import { describe, expect, it } from 'vitest';
import { digits, percent, points } from './format.ts';

describe('figures as text', () => {
  it.each([
    [0.12345, '12.3', '0.123', '+12.3'],
    [-0.0204, '-2.0', '-0.020', '−2.0'],
    [-0.0004, '-0.0', '-0.000', '0.0'],
    [null, '–', '–', '–'],
  ])('%s', (value, asPercent, asDigits, asPoints) => {
    expect([percent(value), digits(value), points(value)]).toEqual([asPercent, asDigits, asPoints]);
  });
});
