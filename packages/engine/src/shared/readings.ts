import type { Variant } from '@portcullis/core';
import { type Window, type Windower, withinBudget } from './windows.ts';

/** A reading of a text with the windows of it that the encoder gets. */
export interface WindowedReading {
  readonly variant: Variant;
  readonly windows: readonly Window[];
}

/** What of a text's readings the models are to see. */
export interface Readings {
  /** The first that no other reading undoes is the text itself, or what it says once its disguise is off. */
  readonly readings: readonly WindowedReading[];
  /** Share of the windows that are seen, in [0, 1]; parts do not count, as the whole shows what they show. */
  readonly coverage: number;
}

/**
 * Windows of all readings but those that others undo, `most` at the most: of the first the head and the tail if need be, of the others
 * what is left, in their order, whole or not at all.
 */
export function readingsWithin(windower: Windower, variants: readonly Variant[], most: number): Readings {
  const readings: WindowedReading[] = [];
  let [seen, all, left] = [0, 0, most];
  for (const variant of variants) {
    if (variant.undone) continue;
    const cut = windower.windows(variant);
    const windows = readings.length === 0 ? withinBudget(cut, most) : cut.length <= left ? cut : [];
    left -= windows.length;
    if (!variant.part) {
      seen += windows.length;
      all += cut.length;
    }
    if (windows.length > 0) readings.push({ variant, windows });
  }
  return { readings, coverage: seen / all };
}
