import { describe, expect, it } from 'vitest';
import { evasionReport } from './evasion-report.ts';

const sample = { seed: 1, threshold: 0.6964, caught: 20, tried: 31, benign: 50, passed: 48 };

describe('evasionReport', () => {
  it('has a line a transform, what the figures rest on above, and how many stay within the bounds below', () => {
    const measured = [
      { name: 'homoglyph', family: 'character', kept: 0.95, passChange: -0.02, cutShort: 0 },
      { name: 'base64', family: 'encoding', kept: 0.9, passChange: 0.04, cutShort: 0 },
      { name: 'binary', family: 'encoding', kept: 1, passChange: 46 / 50 - 48 / 50 - 0.02, cutShort: 7 },
    ];
    expect(evasionReport(sample, measured)).toBe(
      [
        'Global threshold 0.6964, seed 1. Attacks: 20, those blocked untransformed of 31 drawn. Benign rows: 50, of which 96.0 % pass untransformed.',
        '',
        '| transform | family | recall kept % | pass change (points) | too long |',
        '|---|---|--:|--:|--:|',
        '| homoglyph | character | 95.0 | −2.0 | 0 |',
        '| base64 | encoding | 90.0 | +4.0 | 0 |',
        '| binary | encoding | 100.0 | −6.0 | 7 |',
        '',
        'Of 3 transforms, 2 keep at least 95 % of the recall and 2 cost at most 2 points of pass.',
      ].join('\n'),
    );
  });

  it('counts a bound that is met exactly, and a missing figure for neither', () => {
    const met = { name: 'bidi', family: 'character', kept: 19 / 20, passChange: (47 - 48) / 50, cutShort: 0 };
    const missing = { name: 'rot13', family: 'encoding', kept: null, passChange: null, cutShort: 0 };
    const text = evasionReport({ ...sample, benign: 0, passed: 0 }, [met, missing]);
    expect(text).toContain('Benign rows: 0, of which – % pass');
    expect(text).toContain('| rot13 | encoding | – | – | 0 |');
    expect(text).toContain('Of 2 transforms, 1 keep at least 95 % of the recall and 1 cost');
  });
});
