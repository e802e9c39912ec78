import type { SignalName } from '@portcullis/core';
import { digits, percent } from './format.ts';
import { figuresOf, type Measured, rocAuc } from './metrics.ts';

/** Signals whose score is a vote on malice on the scale of the joined one, hence comparable at its threshold; the others rank only. */
export const ALONE = ['classifier', 'lexical', 'trees', 'pattern'] as const satisfies readonly SignalName[];
const RANKED = ['similarity', 'anomaly', 'intent'] as const satisfies readonly SignalName[];

const scoreOf = ({ signals = [] }: Measured, name: SignalName): number => signals.find((signal) => signal.name === name)?.score ?? Number.NaN;

/** The rows as one signal alone scores them. */
export const scoredBy = (rows: readonly Measured[], name: SignalName): Measured[] => rows.map((row) => ({ ...row, score: scoreOf(row, name) }));

/** What is left of the joined score, a noisy-or, without the rules' part. */
const withoutRules = (row: Measured): number => {
  const pattern = scoreOf(row, 'pattern');
  return pattern < 1 ? 1 - (1 - row.score) / (1 - pattern) : 0;
};

/** What each signal is worth by itself, and who catches what alone, as Markdown: the rows by threshold, in which no signal has more say than another. */
export function signalReport(rows: readonly Measured[], threshold: number): string {
  const held = new Map(ALONE.map((name) => [name, rows.map((row) => scoreOf(row, name) >= threshold)]));
  const alone = (place: number, name: (typeof ALONE)[number]): boolean => ALONE.every((other) => (held.get(other)?.[place] ?? false) === (other === name));
  const share = (label: 0 | 1, is: (row: Measured, place: number) => boolean): string => {
    const of = rows.filter((row) => row.label === label).length;
    return percent(of === 0 ? null : rows.filter((row, place) => row.label === label && is(row, place)).length / of);
  };
  const lines = ALONE.map((name) => {
    const by = held.get(name) ?? [];
    const cells = ([1, 0] as const).flatMap((label) => [share(label, (_, place) => by[place] ?? false), share(label, (_, place) => alone(place, name))]);
    return `| ${name} | ${digits(rocAuc(scoredBy(rows, name)))} | ${cells.join(' | ')} |`;
  });
  const ranked = RANKED.map((name) => `| ${name} | ${digits(rocAuc(scoredBy(rows, name)))} | – | – | – | – |`);
  const learned = rows.map((row) => ({ ...row, score: withoutRules(row), blocked: withoutRules(row) >= threshold }));
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
    layerLine('models without the rules', learned),
    layerLine(
      'rules without the models',
      rows.map((row) => ({ ...row, score: scoreOf(row, 'pattern'), blocked: scoreOf(row, 'pattern') >= threshold })),
    ),
  ].join('\n');
}

function layerLine(name: string, rows: readonly Measured[]): string {
  const { auc, recall, pass } = figuresOf(rows);
  return `| ${name} | ${digits(auc)} | ${percent(recall)} | ${percent(pass)} |`;
}
