import { percent, points } from './format.ts';

/** One transform's figures; `null` where the sample had no rows of a kind. */
export interface EvasionMeasured {
  readonly name: string;
  readonly family: string;
  /** Share of the attacks blocked untransformed that are blocked under the transform too. */
  readonly kept: number | null;
  /** Pass rate of the benign rows under the transform less that of the same rows untransformed, in [-1, 1]. */
  readonly passChange: number | null;
  /** Rows that the transform made too long to be scored in full: the policy blocks them unread. */
  readonly cutShort: number;
}

/** What the figures rest on. */
export interface EvasionSample {
  readonly seed: number;
  readonly threshold: number;
  readonly caught: number;
  readonly tried: number;
  readonly benign: number;
  readonly passed: number;
}

/** What a transform has to keep, and may cost. */
const KEPT = 0.95;
const COST = 0.02;

// Shares of a whole number of rows: a hair is left for what floating point adds to a bound that is met exactly.
const HAIR = 1e-9;

/** The figures as Markdown: what they rest on, a line a transform, a summary. */
export function evasionReport(sample: EvasionSample, measured: readonly EvasionMeasured[]): string {
  const { seed, threshold, caught, tried, benign, passed } = sample;
  const pass = benign === 0 ? null : passed / benign;
  const keeping = measured.filter(({ kept }) => kept !== null && kept >= KEPT - HAIR).length;
  const cheap = measured.filter(({ passChange }) => passChange !== null && passChange >= -COST - HAIR).length;
  return [
    `Global threshold ${threshold.toFixed(4)}, seed ${seed}. Attacks: ${caught}, those blocked untransformed of ${tried} drawn. Benign rows: ${benign}, of which ${percent(pass)} % pass untransformed.`,
    '',
    '| transform | family | recall kept % | pass change (points) | too long |',
    '|---|---|--:|--:|--:|',
    ...measured.map(({ name, family, kept, passChange, cutShort }) => `| ${name} | ${family} | ${percent(kept)} | ${points(passChange)} | ${cutShort} |`),
    '',
    `Of ${measured.length} transforms, ${keeping} keep at least ${KEPT * 100} % of the recall and ${cheap} cost at most ${COST * 100} points of pass.`,
  ].join('\n');
}
