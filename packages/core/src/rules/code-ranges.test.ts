import { describe, expect, it } from 'vitest';
import type { Span } from '../verdict.ts';
import { codeRanges, liesWithin } from './code-ranges.ts';

const codeIn = (text: string): string[] => codeRanges(text).map((range) => text.slice(...range));

describe('liesWithin', () => {
  const ranges: readonly Span[] = [
    [2, 5],
    [5, 6],
    [9, 12],
  ];

  it.each<[Span, boolean]>([
    [[2, 5], true],
    [[3, 4], true],
    [[1, 3], false],
    [[4, 6], false],
    [[5, 6], true],
    [[5, 7], false],
    [[6, 9], false],
    [[9, 9], true],
    [[11, 12], true],
    [[11, 13], false],
    [[12, 13], false],
    [[0, 1], false],
    [[0, 20], false],
  ])('%j: %s', (span, expected) => {
    expect(liesWithin(span, ranges)).toBe(expected);
    expect(ranges.some(([start, end]) => start <= span[0] && span[1] <= end)).toBe(expected);
    expect(liesWithin(span, [])).toBe(false);
  });

  it('looks at few of many ranges', () => {
    let looks = 0;
    const many = codeRanges('`a` '.repeat(100_000)).map(
      (range) =>
        new Proxy(range, {
          get: (target, key) => {
            looks += 1;
            return Reflect.get(target, key);
          },
        }),
    );
    for (const at of [0, 50_000, 99_999]) expect(liesWithin([4 * at, 4 * at + 3], many)).toBe(true);
    // Seventeen halvings and the end, three times.
    expect(looks).toBeLessThanOrEqual(3 * 18);
  });
});

describe('codeRanges', () => {
  it.each([
    ['a span', 'so `a` and ``b ` c`` end', ['`a`', '``b ` c``']],
    ['an open span', 'so `a and on', []],
    ['a fence', 'x\n```html\n<b>`\n```\ny', ['```html\n<b>`\n```']],
    ['an open fence', 'x\n~~~\n<b>', ['~~~\n<b>']],
    ['a longer fence around a shorter', '````\n```\n````\n`z`', ['````\n```\n````', '`z`']],
    ['a fence with words behind it closes nothing', '```\na\n``` b\n```', ['```\na\n``` b\n```']],
    ['none', 'plain', []],
  ])('finds %s', (_name, text, expected) => {
    expect(codeIn(text)).toEqual(expected);
  });

  it('takes time that grows with the text', () => {
    // Quadratic work would not end within the limit of the test.
    expect(codeRanges(Array.from({ length: 2000 }, (_, size) => '`'.repeat((size % 300) + 1)).join(' '))).toBeInstanceOf(Array);
    expect(codeRanges('` '.repeat(200_001)).length).toBe(100_000);
  });
});
