import type { Signal } from '@portcullis/core';

/** A row as measured. */
export interface Measured {
  readonly set: string;
  readonly label: 0 | 1;
  readonly score: number;
  /** What the production policy does with it: by its score at the global threshold, or by a rule that blocks whatever the score. */
  readonly blocked: boolean;
  /** What each signal said; left out where no models ran. */
  readonly signals?: readonly Signal[];
}

/** Figures of one set; `null` where a set has no rows of a class. */
export interface SetFigures {
  readonly rows: number;
  readonly recall: number | null;
  readonly pass: number | null;
  /** Mean of recall and pass (PINT). */
  readonly balanced: number | null;
  readonly auc: number | null;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Recall, pass rate and balanced accuracy as blocked, ROC AUC by score. */
export function figuresOf(rows: readonly Measured[]): SetFigures {
  const attacks = rows.filter((row) => row.label === 1);
  const benign = rows.filter((row) => row.label === 0);
  const recall = attacks.length > 0 ? mean(attacks.map((row) => Number(row.blocked))) : null;
  const pass = benign.length > 0 ? mean(benign.map((row) => Number(!row.blocked))) : null;
  const both = recall !== null && pass !== null;
  return { rows: rows.length, recall, pass, balanced: both ? (recall + pass) / 2 : null, auc: both ? rocAuc(rows) : null };
}

/** Area under the ROC curve by ranks (Mann–Whitney), ties counted half. */
export function rocAuc(rows: readonly Measured[]): number {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end += 1;
    const rank = (start + 1 + end) / 2;
    rankSum += rank * sorted.slice(start, end).filter((row) => row.label === 1).length;
    start = end;
  }
  const attacks = rows.filter((row) => row.label === 1).length;
  return (rankSum - (attacks * (attacks + 1)) / 2) / (attacks * (rows.length - attacks));
}

/** Recall at the score that this share of benign rows reaches. */
export function recallAtFpr(rows: readonly Measured[], fpr: number): number {
  const benign = rows.filter((row) => row.label === 0).map((row) => row.score);
  const cut = benign.sort((a, b) => b - a)[Math.floor(benign.length * fpr)] ?? Number.NEGATIVE_INFINITY;
  return mean(rows.filter((row) => row.label === 1).map((row) => Number(row.score > cut)));
}

/** Rows of like score: how many, their mean score, and the share of attacks among them. */
export interface Bin {
  readonly rows: number;
  readonly score: number;
  readonly attacks: number;
}

/** Equal-width bins of the score, those that have rows. */
export function binned(rows: readonly Measured[], bins = 15): Bin[] {
  return Array.from({ length: bins }, (_, bin) => rows.filter(({ score }) => Math.min(Math.floor(score * bins), bins - 1) === bin))
    .filter((inside) => inside.length > 0)
    .map((inside) => ({ rows: inside.length, score: mean(inside.map(({ score }) => score)), attacks: mean(inside.map(({ label }) => label)) }));
}

/** Expected calibration error over equal-width bins of the score. */
export function calibrationError(rows: readonly Measured[]): number {
  return binned(rows).reduce((error, bin) => error + (bin.rows / rows.length) * Math.abs(bin.score - bin.attacks), 0);
}

/** A point of the ROC curve: share of benign rows, and of attacks, that reach a threshold. */
export interface RocPoint {
  readonly fpr: number;
  readonly recall: number;
}

/** The ROC curve from (0, 0) to (1, 1), a point for each score that a row has. */
export function rocCurve(rows: readonly Pick<Measured, 'label' | 'score'>[]): RocPoint[] {
  const attacks = rows.filter(({ label }) => label === 1).length;
  const reached = [0, 0];
  const points: RocPoint[] = [{ fpr: 0, recall: 0 }];
  const sorted = rows.toSorted((a, b) => b.score - a.score);
  for (const [place, { label, score }] of sorted.entries()) {
    reached[label] = (reached[label] ?? 0) + 1;
    const [benign = 0, found = 0] = reached;
    if (sorted[place + 1]?.score !== score) points.push({ fpr: benign / (rows.length - attacks), recall: found / attacks });
  }
  return points;
}

/** Mean confidence on rows decided wrongly; `null` if there is none. */
export function confidenceOnWrong(rows: readonly Measured[]): number | null {
  const wrong = rows.filter((row) => row.blocked !== (row.label === 1));
  return wrong.length > 0 ? mean(wrong.map((row) => (row.blocked ? row.score : 1 - row.score))) : null;
}
