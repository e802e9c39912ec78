import { normalise } from '@portcullis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passagesOf } from './passages.ts';

const passages = (text: string): string[] => passagesOf(normalise(text)).map((passage) => passage.text.trim());
const paragraph = (word: string, times = 12): string => Array(times).fill(word).join(' ');

describe('passagesOf', () => {
  it('parts a text into its paragraphs', () => {
    expect(passages(`${paragraph('one')}\n\n${paragraph('two')}\n \n${paragraph('three')}`)).toEqual([paragraph('one'), paragraph('two'), paragraph('three')]);
  });

  it('leaves out what is short', () => {
    expect(passages(`Hello,\n\n${paragraph('body')}\n\nBye.`)).toEqual([paragraph('body')]);
  });

  it('joins many paragraphs to four runs that lose nothing', () => {
    const text = Array.from({ length: 11 }, (_, nth) => paragraph(`p${nth}`)).join('\n\n');
    const runs = passages(text);
    expect(runs.length).toBeGreaterThan(1);
    expect(runs.length).toBeLessThanOrEqual(4);
    expect(runs.join(' ').split(/\s+/)).toEqual(text.split(/\s+/));
  });

  it.each([
    ['one paragraph', paragraph('word', 60)],
    ['an empty text', ''],
    ['a very long text', `${paragraph('word', 5000)}\n\nend of it`],
  ])('has none of %s', (_name, text) => {
    expect(passages(text)).toEqual([]);
  });

  it('points into the text, in order, of any text', () => {
    const pieces = fc.array(fc.constantFrom('a word ', paragraph('x', 20), '\n\n', '\n', '\u00A0', 'ﬁ', '🙂'), { maxLength: 40 });
    fc.assert(
      fc.property(pieces, (some) => {
        const text = normalise(some.join(''));
        let before = 0;
        for (const { text: passage, offsets } of passagesOf(text)) {
          expect(text.text).toContain(passage);
          expect(offsets[0]).toBeGreaterThanOrEqual(before);
          before = offsets.at(-1) ?? 0;
        }
        expect(before).toBeLessThanOrEqual(some.join('').length);
        expect(passagesOf(text).length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
