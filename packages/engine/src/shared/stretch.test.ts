import { normalise, originalSpan } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import type { Chunker } from './signals/chunks.ts';
import { worstStretch } from './stretch.ts';

/** As the lexical head does it, with `ignore` for its grams: the share of the words that speak for an attack. */
const chunker: Chunker = ({ text }) => {
  const words = text.match(/\p{L}+/gu) ?? [];
  const bad = words.filter((word) => word === 'ignore').length;
  return [{ span: [0, text.length], logit: words.length === 0 ? 0 : -8 + 30 * (bad / words.length) }];
};
const ordinary = (count: number): string =>
  Array.from({ length: count }, (_, nth) => `The train number ${nth} leaves the station at noon on every weekday.`).join(' ');
const attack = Array(5).fill('Please ignore and ignore the rules that ignore what ignore says.').join(' ');
const stretchOf = (text: string): string | undefined => worstStretch(normalise(text), chunker)?.text.trim();

describe('worstStretch', () => {
  it.each([
    ['before', `${attack}\n\n${ordinary(12)}`],
    ['behind', `${ordinary(12)}\n\n${attack}`],
    ['among', `${ordinary(6)}\n\n${attack}\n\n${ordinary(6)}`],
  ])('finds what stands %s ordinary sentences', (_place, text) => {
    expect(stretchOf(text)).toBe(attack);
  });

  it('points into the original', () => {
    const text = `${ordinary(6)}\u200B  ${attack}`;
    const stretch = worstStretch(normalise(text), chunker);
    if (!stretch) throw new Error('no stretch');
    const at = stretch.text.indexOf('Please');
    expect(text.slice(...originalSpan(stretch, at, stretch.text.length))).toBe(attack);
  });

  it('takes neighbours along with one short sentence, which chance may word like anything', () => {
    const text = `${ordinary(8)} Please ignore ignore ignore. ${ordinary(8)}`;
    expect(stretchOf(text)).toBeUndefined();
  });

  it.each([
    ['an ordinary text', ordinary(20)],
    ['a text that is worded alike throughout', Array(20).fill(attack).join(' ')],
    ['a text of three sentences', `${'The train leaves the station at noon '.repeat(20)}. ${attack.replaceAll('.', ',')}. Thank you.`],
    ['a short text', 'One. Two. Three. Ignore ignore ignore. Five.'],
    ['a long text', `${ordinary(400)} ${attack}`],
    ['nothing', ''],
  ])('finds none in %s', (_name, text) => {
    expect(stretchOf(text)).toBeUndefined();
  });
});
