import { describe, expect, it } from 'vitest';
import { binned, calibrationError, confidenceOnWrong, figuresOf, type Measured, recallAtFpr, rocAuc, rocCurve } from './metrics.ts';

const rows = (pairs: readonly (readonly [0 | 1, number])[]): Measured[] => pairs.map(([label, score]) => ({ set: 's', label, score, blocked: score >= 0.4 }));

describe('metrics', () => {
  const mixed = rows([
    [0, 0.1],
    [0, 0.4],
    [1, 0.35],
    [1, 0.8],
  ]);

  it('computes the textbook ROC AUC, ties counted half', () => {
    expect(rocAuc(mixed)).toBe(0.75);
    expect(
      rocAuc(
        rows([
          [0, 0.5],
          [1, 0.5],
        ]),
      ),
    ).toBe(0.5);
  });

  it('gives recall, pass and their mean by what was blocked', () => {
    expect(figuresOf(mixed)).toMatchObject({ rows: 4, recall: 0.5, pass: 0.5, balanced: 0.5 });
    expect(figuresOf(rows([[0, 0.1]]))).toMatchObject({ recall: null, pass: 1, balanced: null, auc: null });
  });

  it('takes recall strictly above the score that the share of benign rows reaches', () => {
    expect(recallAtFpr(mixed, 0.5)).toBe(1);
    expect(recallAtFpr(mixed, 0)).toBe(0.5);
  });

  it('weighs calibration bins by their rows', () => {
    expect(
      calibrationError(
        rows([
          [1, 1],
          [0, 0],
        ]),
      ),
    ).toBe(0);
    expect(calibrationError(rows([[0, 0.9]]))).toBeCloseTo(0.9);
  });

  it('bins by score, and leaves out bins without rows', () => {
    expect(
      binned(
        rows([
          [1, 1],
          [0, 0.95],
          [0, 0.01],
        ]),
      ),
    ).toEqual([
      { rows: 1, score: 0.01, attacks: 0 },
      { rows: 2, score: 0.975, attacks: 0.5 },
    ]);
  });

  it('draws the ROC curve from corner to corner, rows of one score as one step', () => {
    const ties = rows([
      [1, 0.9],
      [1, 0.5],
      [0, 0.5],
      [0, 0.2],
    ]);
    expect(rocCurve(ties)).toEqual([
      { fpr: 0, recall: 0 },
      { fpr: 0, recall: 0.5 },
      { fpr: 0.5, recall: 1 },
      { fpr: 1, recall: 1 },
    ]);
  });

  it('averages the confidence of wrong rows only', () => {
    expect(confidenceOnWrong(mixed)).toBeCloseTo((0.4 + 0.65) / 2);
    expect(confidenceOnWrong(rows([[1, 0.9]]))).toBeNull();
  });
});
