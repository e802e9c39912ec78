import { digits, percent } from './format.ts';
import { calibrationError, confidenceOnWrong, figuresOf, type Measured, recallAtFpr, rocAuc } from './metrics.ts';
import { trainedOn } from './prompt-sets.ts';

/** The figures as Markdown: `headline` says what was measured, then a line a set, the totals over what was never trained on below; the calibration only of scores that are meant as probabilities. */
export function report(rows: readonly Measured[], headline: string, calibrated = true): string {
  const sets = [...new Set(rows.map((row) => row.set))];
  const unseen = rows.filter((row) => !trainedOn(row.set));
  const table = sets.map((set) => {
    const figures = figuresOf(rows.filter((row) => row.set === set));
    const name = trainedOn(set) ? `${set} (trained on)` : set;
    return `| ${name} | ${figures.rows} | ${percent(figures.recall)} | ${percent(figures.pass)} | ${percent(figures.balanced)} | ${digits(figures.auc)} |`;
  });
  return [
    `${headline} Rows labelled \`harmful_request\` are left out.`,
    '',
    '| set | rows | recall % | pass % | balanced % | ROC AUC |',
    '|---|--:|--:|--:|--:|--:|',
    ...table,
    '',
    ...totals(unseen, calibrated),
  ].join('\n');
}

function totals(rows: readonly Measured[], calibrated: boolean): string[] {
  if (rows.length === 0) return ['No unseen rows, hence no totals.'];
  const labels = new Set(rows.map((row) => row.label));
  const ranked =
    labels.size === 2
      ? [`ROC AUC ${digits(rocAuc(rows))}`, `recall at 1 % FPR ${percent(recallAtFpr(rows, 0.01))} %`, `at 0.1 % FPR ${percent(recallAtFpr(rows, 0.001))} %`]
      : [];
  const calibration = !calibrated
    ? []
    : [`expected calibration error (15 bins) ${digits(calibrationError(rows))}`, `mean confidence on wrong rows ${digits(confidenceOnWrong(rows))}`];
  return [`Over all ${rows.length} unseen rows: ${[...ranked, ...calibration].join(', ')}.`];
}
