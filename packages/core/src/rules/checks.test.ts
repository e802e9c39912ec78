import { describe, expect, it } from 'vitest';
import { passes } from './checks.ts';

describe('passes', () => {
  it.each([
    ['4111 1111 1111 1111', true],
    ['3782-822463-10005', true],
    ['4111 1111 1111 1112', false],
    ['0000 0000 0000 0000', false],
    ['', false],
  ])('luhn: %s', (number, expected) => {
    expect(passes('luhn', number)).toBe(expected);
  });

  it.each([
    ['DE89 3704 0044 0532 0130 00', true],
    ['gb82west12345698765432', true],
    ['DE89 3704 0044 0532 0130 01', false],
    ['', false],
  ])('mod97: %s', (account, expected) => {
    expect(passes('mod97', account)).toBe(expected);
  });
});
