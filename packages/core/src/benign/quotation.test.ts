import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotationsOf } from './quotation.ts';

const quoted = (text: string): string[] => quotationsOf(text).map((span) => text.slice(...span));

describe('quotationsOf', () => {
  it.each([
    ['say "a" and “b”', ['a', 'b']],
    ['„so“ und «so» und 「そう」', ['so', 'so', 'そう']],
    ["don't and 'it isn't so' and dogs' bones", ["it isn't so"]],
    ['he said `rm` and\n```\nx "y"\n```\n', ['rm', '\nx "y"\n']],
    ['see:\n> one\n> two\nthree', [' one\n> two']],
    ['a > b "unclosed', []],
    ['“ no end', []],
    ['<a title="x">"y"</a> z = "w"', ['y']],
    ['""', ['']],
    [`"${'x'.repeat(3000)}"`, []],
  ])('finds in %j', (text, expected) => {
    expect(quoted(text)).toEqual(expected);
  });

  it('gives spans in order, apart and inside the text', () => {
    const text = fc
      .array(fc.constantFrom('"', "'", '“', '”', '„', '‘', '’', '`', '```', '\n', '> ', 'a', ' '), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        let last = 0;
        for (const [start, end] of quotationsOf(given)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(given.length);
          last = end;
        }
      }),
      { numRuns: Number(process.env['PORTCULLIS_RUNS'] ?? 2000) },
    );
  });
});
