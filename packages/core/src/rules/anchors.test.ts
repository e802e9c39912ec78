import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAnchors, ownersIn } from './anchors.ts';

const numRuns = Number(process.env['PORTCULLIS_RUNS'] ?? 2000);

describe('ownersIn', () => {
  it('finds what a search for each word finds', () => {
    // Few letters, two of them in one column of the table ('a' and 'á' share their low bits), so that words overlap and collide.
    const word = fc.array(fc.constantFrom('a', 'b', 'á', '忽', ' '), { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''));
    const words = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { maxLength: 6 });
    const text = fc.array(fc.constantFrom('a', 'b', 'á', '忽', ' ', 'c'), { maxLength: 30 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(words, text, (lists, given) => {
        const expected = lists.map((list) => Number(list.some((one) => given.includes(one))));
        expect([...ownersIn(buildAnchors(lists), given)]).toEqual(expected);
      }),
      { numRuns },
    );
  });

  it('finds a word wherever it stands in a long text, in any case', () => {
    const index = buildAnchors([['ignore']]);
    const found = Array.from({ length: 12 }, (_, at) => ownersIn(index, `${'x'.repeat(32_768 - at)}IgNoRe${'x'.repeat(40_000)}`)[0]);
    expect(found).toEqual(Array.from(found, () => 1));
  });

  it('throws on no text', () => {
    const index = buildAnchors([['ignore'], ['忽略', '😀']]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        expect(ownersIn(index, given)).toHaveLength(2);
      }),
      { numRuns },
    );
  });

  it('grows past its first table', () => {
    const words = Array.from({ length: 500 }, (_, index) => [`word number ${index} of the list`]);
    const found = ownersIn(buildAnchors(words), 'it holds word number 417 of the list and no other');
    expect([...found].flatMap((flag, owner) => (flag === 1 ? [owner] : []))).toEqual([417]);
  });
});
