import { SIGNAL_NAMES, type SignalName, VOTERS } from '@portcullis/core';
import { digits, percent } from './format.ts';
import { figuresOf, type Measured, rocAuc } from './metrics.ts';

/** Evidence that ranks texts; its scale is not that of the joined score. */
const RANKED = SIGNAL_NAMES.filter((name) => !VOTERS.includes(name));

const scoreOf = ({ signals = [] }: Measured, name: SignalName): number => signals.find((signal) => signal.name === name)?.score ?? Number.NaN;

/** The rows as one signal alone scores them. */
export const scoredBy = (rows: readonly Measured[], name: SignalName): Measured[] => rows.map((row) => ({ ...row, score: scoreOf(row, name) }));

/** What is left of the joined score, a noisy-or, without the rules' part. */
const withoutRules = (row: Measured): number => {
  const pattern = scoreOf(row, 'pattern');
  return pattern < 1 ? 1 - (1 - row.score) / (1 - pattern) : 0;
};

/** What each signal is worth by itself, and who catches what alone at the threshold of the joined score, as Markdown. */
export function signalReport(rows: readonly Measured[], threshold: number): string {
  const heldBy = (scored: readonly Measured[]): Measured[] => scored.map((row) => ({ ...row, blocked: row.score >= threshold }));
  const holds = (row: Measured, name: SignalName): boolean => scoreOf(row, name) >= threshold;
  const lines = VOTERS.map((name) => {
    const all = figuresOf(heldBy(scoredBy(rows, name)));
    const alone = figuresOf(rows.map((row) => ({ ...row, blocked: VOTERS.every((other) => holds(row, other) === (other === name)) })));
    const shares = [all.recall, alone.recall, heldOf(all.pass), heldOf(alone.pass)].map(percent);
    return `| ${name} | ${digits(all.auc)} | ${shares.join(' | ')} |`;
  });
  const ranked = RANKED.map((name) => `| ${name} | ${digits(rocAuc(scoredBy(rows, name)))} | – | – | – | – |`);
  return [
    `Each signal by itself, its score held against the global threshold of ${threshold.toFixed(4)}; alone is what none of the other three holds. The last three are evidence, not votes: they rank only.`,
    '',
    '| signal | ROC AUC | attacks held % | by it alone % | benign held % | by it alone % |',
    '|---|--:|--:|--:|--:|--:|',
    ...lines,
    ...ranked,
    '',
    '| layers | ROC AUC | recall % | pass % |',
    '|---|--:|--:|--:|',
    layerLine('rules and models', rows),
    layerLine('models without the rules', heldBy(rows.map((row) => ({ ...row, score: withoutRules(row) })))),
    layerLine('rules without the models', heldBy(scoredBy(rows, 'pattern'))),
  ].join('\n');
}

/** The share that is held, of the share that passes. */
const heldOf = (pass: number | null): number | null => (pass === null ? null : 1 - pass);

function layerLine(name: string, rows: readonly Measured[]): string {
  const { auc, recall, pass } = figuresOf(rows);
  return `| ${name} | ${digits(auc)} | ${percent(recall)} | ${percent(pass)} |`;
}
