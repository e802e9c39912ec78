import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './source-pattern.ts';

describe('matchesPattern', () => {
  it.each([
    ['mail:*@example.org', 'mail:Anna@Example.org', true],
    ['mail:*@example.org', 'mail:anna@example.org.evil', false],
    ['mail:*@example.org', 'xmail:anna@example.org', false],
    ['*', '', true],
    ['**a*', 'bab', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-c-b', false],
    ['tool:web', 'tool:web_search', false],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(matchesPattern(pattern, name)).toBe(expected);
  });

  it('agrees with a regular expression', () => {
    const parts = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 6 }).map((letters) => letters.join(''));
    const names = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(parts, names, (pattern, name) => {
        expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
      }),
      { numRuns: Number(process.env['PORTCULLIS_RUNS'] ?? 2000) },
    );
  });
});
