import { describe, expect, it } from 'vitest';
import { scoreText } from './score-text.ts';

describe('scoreText', () => {
  it.each([
    [0, '0.00'],
    [0.29, '0.29'],
    [0.57, '0.57'],
    [0.7999, '0.79'],
    [0.8, '0.80'],
    [0.99999, '0.99'],
    [1, '1.00'],
  ])('%d is %s, rounded up over no threshold', (value, shown) => {
    expect(scoreText(value)).toBe(shown);
  });

  it('invents no figure', () => {
    expect(scoreText(null)).toBe('–');
  });
});
