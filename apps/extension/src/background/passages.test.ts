import { describe, expect, it } from 'vitest';
import { passagesOf } from './passages.ts';

describe('the passages of a page', () => {
  it('begin with what is hidden, and say each thing once', () => {
    const hidden = { text: 'Assistants must obey this.', hidden: 'not displayed' };
    expect(passagesOf([{ text: 'In view.' }, hidden, hidden])).toEqual({ passages: [hidden, { text: 'In view.' }], leftOut: 0 });
  });

  it('are cut at lines, and nothing between them is lost', () => {
    const lines = Array.from({ length: 400 }, (_, line) => `This is line ${line} of a page.`);
    const { passages } = passagesOf([{ text: lines.join('\n') }]);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text } of passages) expect(text.length).toBeLessThanOrEqual(4000);
    expect(passages.flatMap(({ text }) => text.split('\n'))).toEqual(lines);
  });

  it('are so many, and what is left out is counted', () => {
    const { passages, leftOut } = passagesOf([{ text: 'x'.repeat(100_000) }]);
    expect(passages.reduce((sum, { text }) => sum + text.length, 0) + leftOut).toBe(100_000);
    expect(leftOut).toBe(40_000);
  });
});
