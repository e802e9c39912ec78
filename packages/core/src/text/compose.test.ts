import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composed, identity, renormalised, sliced } from './compose.ts';
import { normalise, originalSpan } from './normalise.ts';
import { pointingTo, rewritten, standingFor } from './rewrite.ts';

describe('composed', () => {
  it('maps through both', () => {
    const inner = normalise('so ｉｇ\u200Bnore it');
    const outer = rewritten(inner, [{ start: 3, end: 9, text: 'obey' }]);
    const again = composed(identity(outer.text), outer);
    const at = again.text.indexOf('obey');
    expect(originalSpan(again, at, at + 4)).toEqual([3, 10]);
  });

  it('is neutral with the identity, on either side', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const view = normalise(text);
        expect(composed(identity(view.text), view)).toEqual(view);
        expect(composed(view, identity(text))).toEqual(view);
        expect(renormalised(view)).toEqual(view);
      }),
    );
  });
});

describe('sliced', () => {
  it('keeps the way back', () => {
    const view = sliced(normalise('a  ﬁlter  b'), 2, 8);
    expect(view.text).toBe('filter');
    expect(originalSpan(view, 0, 6)).toEqual([3, 8]);
  });
});

describe('rewritten', () => {
  const source = normalise('one two three');

  it('returns what it was given for no edits', () => {
    expect(rewritten(source, [])).toBe(source);
  });

  it('points units of an edit of the same length one by one, and others to the whole', () => {
    const view = rewritten(source, [
      { start: 0, end: 3, text: 'ONE' },
      { start: 4, end: 7, text: '2' },
      { start: 8, end: 13, text: 'one, two and three' },
    ]);
    expect(view.text).toBe('ONE 2 one, two and three');
    expect(originalSpan(view, 1, 2)).toEqual([1, 2]);
    expect(originalSpan(view, 4, 5)).toEqual([4, 7]);
    expect(originalSpan(view, 8, 9)).toEqual([8, 13]);
  });

  it('removes', () => {
    expect(rewritten(source, [{ start: 3, end: 7, text: '' }]).text).toBe('one three');
  });
});

describe('standingFor', () => {
  it('points every part to the whole range', () => {
    const view = standingFor(normalise('a ﬁne day'), 2, 6, 'anything at all');
    expect(originalSpan(view, 3, 5)).toEqual([2, 5]);
    expect(originalSpan(pointingTo([4, 9], 'x'), 0, 1)).toEqual([4, 9]);
  });
});
