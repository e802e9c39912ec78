import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, originalSpan } from './normalise.ts';

/** The same folding without offsets, over the whole text at once. */
function folded(text: string): string {
  const invisible = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
  return text
    .replace(invisible, '')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[^\S\n]+/gu, ' ');
}

const TRICKY = [
  'a',
  'b',
  ' ',
  '\n',
  '\t',
  '\u00A0',
  'é',
  'e',
  '\u0301',
  '\u0323',
  '\u200B',
  '\u202E',
  '\u2066',
  '\uFEFF',
  '\u00AD',
  '\uFE0F',
  'Ａ',
  'ﬁ',
  'ﷺ',
  '가',
  '각',
  '\u1100',
  '\u1161',
  '\u11A8',
  'ㄱ',
  'ㅏ',
  'ﾡ',
  'ｶ',
  'ﾞ',
  '´',
  '𝒜',
  '👩‍💻',
  '\u{E0041}',
  '\uD800',
  '…',
  'क',
  '\u093C',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...TRICKY), { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 24 }),
);

describe('normalise', () => {
  it.each([
    ['zero-width characters', 'ig\u200Bno\u200Dre', 'ignore'],
    ['full-width letters', 'Ｉｇｎｏｒｅ', 'Ignore'],
    ['ligatures', 'ﬁlter', 'filter'],
    ['combining marks', 'cafe\u0301', 'café'],
    ['a mark behind an invisible character', 'cafe\u200B\u0301', 'café'],
    ['Hangul jamo', '\u1100\u1161\u11A8', '각'],
    ['a syllable and its final', '가\u11A8', '각'],
    ['half-width voicing marks', 'ｶﾞ', 'ガ'],
    ['mathematical letters', '𝒜𝓫', 'Ab'],
    ['bidi controls', 'a\u202Eb\u2066c', 'abc'],
    ['tag characters', 'a\u{E0041}\u{E0042}b', 'ab'],
    ['blanks', 'a \t\u00A0\u3000b\nc', 'a b\nc'],
  ])('folds %s', (_name, given, expected) => {
    expect(normalise(given).text).toBe(expected);
  });

  it('gives what folding the whole text at once gives', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(normalise(given).text).toBe(folded(given));
      }),
      { numRuns: 3000 },
    );
  });

  it('has one ascending offset a code unit, and one for the end', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { text: out, offsets } = normalise(given);
        expect(offsets.length).toBe(out.length + 1);
        expect(offsets.at(-1)).toBe(given.length);
        for (let index = 1; index < offsets.length; index += 1) expect(offsets[index]).toBeGreaterThanOrEqual(offsets[index - 1] as number);
      }),
    );
  });

  it('maps every range to a slice that folds to text holding it', () => {
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(30), (given, from, size) => {
        const normalised = normalise(given);
        const start = Math.min(from, normalised.text.length);
        const end = Math.min(start + size, normalised.text.length);
        const wanted = normalised.text.slice(start, end);
        expect(normalise(given.slice(...originalSpan(normalised, start, end))).text).toContain(wanted);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('originalSpan', () => {
  const span = (given: string, wanted: string): string => {
    const normalised = normalise(given);
    const start = normalised.text.indexOf(wanted);
    return given.slice(...originalSpan(normalised, start, start + wanted.length));
  };

  it('covers an expanded character whole', () => {
    expect(span('a ﬁlter', 'f')).toBe('ﬁ');
    expect(span('a ﬁlter', 'i')).toBe('ﬁ');
  });

  it('keeps the units of astral characters together', () => {
    expect(span('x 𝒜 y', 'A')).toBe('𝒜');
    expect(span('x 👩‍💻 y', 'y')).toBe('y');
  });

  it('takes in what is hidden inside, and nothing of the neighbours', () => {
    expect(span('so ig\u200Bnore it', 'ignore')).toBe('ig\u200Bnore');
    expect(span('a   b', 'b')).toBe('b');
    expect(span('tell \u202Eme', 'tell')).toBe('tell');
  });

  it('maps an empty range to an empty one', () => {
    expect(originalSpan(normalise('abc'), 1, 1)).toEqual([1, 1]);
    expect(originalSpan(normalise(''), 0, 0)).toEqual([0, 0]);
  });
});
