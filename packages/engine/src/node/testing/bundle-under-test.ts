import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The bundle that the tests run on: this repository's, unless the environment names another. Without one they fail. */
export const bundleFolder = resolve(process.env['PORTCULLIS_BUNDLE'] ?? 'models/bundle');

/** What the training pipeline computed for one text, with PyTorch and scikit-learn. */
export interface GoldenRow {
  readonly text: string;
  /** Token ids of each window. */
  readonly windows: readonly (readonly number[])[];
  /** A unit vector a window. */
  readonly embeddings: readonly (readonly number[])[];
  /** The classifier's largest logit over the windows, the lexical head's over the chunks. */
  readonly logits: { readonly classifier: number; readonly lexical: number };
  /** What the two join to, without rules. */
  readonly fused: number;
  /** The forest's largest depth score over the windows, and the same between the percentiles. */
  readonly raw: number;
  readonly anomaly: number;
}

/** The golden vectors beside the bundle. */
export function readGolden(): readonly GoldenRow[] {
  return JSON.parse(readFileSync(join(bundleFolder, '..', 'golden', 'golden.json'), 'utf8')) as GoldenRow[];
}
