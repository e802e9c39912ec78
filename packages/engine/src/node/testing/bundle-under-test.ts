import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SignalName } from '@portcullis/core';

/** The bundle that the tests run on: this repository's, unless the environment names another. Without one they fail. */
export const bundleFolder = resolve(process.env['PORTCULLIS_BUNDLE'] ?? 'models/bundle');

/** What the training pipeline computed for one text, with PyTorch, scikit-learn and XGBoost. */
export interface GoldenRow {
  readonly text: string;
  /** Token ids of each window. */
  readonly windows: readonly (readonly number[])[];
  /** A unit vector a window. */
  readonly embeddings: readonly (readonly number[])[];
  /** Each learned signal's raw figure, the largest over the windows, or the chunks. */
  readonly raw: Readonly<Record<Exclude<SignalName, 'pattern'>, number>>;
  /** What those join to, without rules. */
  readonly fused: number;
  /** The forest's depth score between the percentiles. */
  readonly anomaly: number;
}

/** The golden vectors beside the bundle. */
export function readGolden(): readonly GoldenRow[] {
  return JSON.parse(readFileSync(join(bundleFolder, '..', 'golden', 'golden.json'), 'utf8')) as GoldenRow[];
}
