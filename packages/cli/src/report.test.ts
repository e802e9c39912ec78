import { describe, expect, it } from 'vitest';
import type { Measured } from './metrics.ts';
import { report } from './report.ts';

const row = (set: string, label: 0 | 1, score: number): Measured => ({ set, label, score, blocked: score >= 0.5 });

describe('report', () => {
  it('has a line a set, dashes for what a set cannot say, and totals over what was never trained on', () => {
    const rows = [
      row('attacks', 1, 0.9),
      row('attacks', 1, 0.2),
      row('deepset train', 1, 0.1),
      row('deepset train', 0, 0.9),
      row('mixed', 0, 0.1),
      row('mixed', 1, 0.8),
    ];
    expect(report(rows, 'Global threshold 0.5000, chosen on held-out training rows.')).toBe(
      [
        'Global threshold 0.5000, chosen on held-out training rows. Rows labelled `harmful_request` are left out.',
        '',
        '| set | rows | recall % | pass % | balanced % | ROC AUC |',
        '|---|--:|--:|--:|--:|--:|',
        '| attacks | 2 | 50.0 | – | – | – |',
        '| deepset train (trained on) | 2 | 0.0 | 0.0 | 0.0 | 0.000 |',
        '| mixed | 2 | 100.0 | 100.0 | 100.0 | 1.000 |',
        '',
        'Over all 4 unseen rows: ROC AUC 1.000, recall at 1 % FPR 100.0 %, at 0.1 % FPR 100.0 %, expected calibration error (15 bins) 0.300, mean confidence on wrong rows 0.800.',
      ].join('\n'),
    );
  });

  it('ranks nothing with rows of one label only', () => {
    expect(
      report([row('benign', 0, 0.25)], 'x')
        .split('\n')
        .at(-1),
    ).toBe('Over all 1 unseen rows: expected calibration error (15 bins) 0.250, mean confidence on wrong rows –.');
  });

  it('gives no totals where every row was trained on', () => {
    expect(
      report([row('deepset train', 1, 0.9)], 'x')
        .split('\n')
        .at(-1),
    ).toBe('No unseen rows, hence no totals.');
  });
});
