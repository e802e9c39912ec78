import { describe, expect, it } from 'vitest';
import { codeRanges } from './code-ranges.ts';

const codeIn = (text: string): string[] => codeRanges(text).map((range) => text.slice(...range));

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
