import type { RuleFinding, Variant } from '@portcullis/core';
import type { Chunk, Chunker } from './signals/chunks.ts';
import { worstStretch } from './stretch.ts';
import { mostSuspicious, type Suspect, suspects } from './suspicion.ts';
import type { Windower } from './windows.ts';

/** A reading of a text with the windows of it that the encoder is to get. */
export interface WindowedReading {
  readonly variant: Variant;
  readonly chunks: readonly Chunk[];
  /** In the order of the text. */
  readonly suspects: readonly Suspect[];
}

/** What of a text's readings the models are to see. */
export interface Readings {
  /** The first that no other reading undoes is the text itself, or what it says once its disguise is off. */
  readonly readings: readonly WindowedReading[];
  /** Windows of all readings, taken or not; parts do not count, as the whole shows what they show. */
  readonly total: number;
}

/**
 * Windows of all readings but those that others undo, `most` at the most: of the first the most suspicious if need be, of the others
 * what is left, in their order, whole or not at all. Of the first its worst stretch is read alone as well, if it has one and there is room.
 * @param maxReadings Of the text and its variants, the stretch included.
 */
export function readingsWithin(
  windower: Windower,
  chunker: Chunker,
  variants: readonly Variant[],
  findings: readonly RuleFinding[],
  most: number,
  maxReadings = Number.POSITIVE_INFINITY,
): Readings {
  const read = variants.filter(({ undone }) => !undone);
  return windowed(windower, chunker, variants.length < maxReadings ? withStretch(read, chunker) : read, findings, most);
}

/** Windows of texts, within limits, as `readingsWithin` gives them. */
export function windowed(windower: Windower, chunker: Chunker, variants: Iterable<Variant>, findings: readonly RuleFinding[], most: number): Readings {
  const readings: WindowedReading[] = [];
  let [total, left] = [0, most];
  for (const variant of variants) {
    const windows = windower.windows(variant);
    if (!variant.part) total += windows.length;
    if (readings.length > 0 && windows.length > left) continue;
    const chunks = chunker(variant);
    const taken = mostSuspicious(suspects(windows, chunks, findings), left);
    left -= taken.length;
    readings.push({ variant, chunks, suspects: taken });
  }
  return { readings, total };
}

function* withStretch(variants: readonly Variant[], chunker: Chunker): Generator<Variant> {
  yield* variants;
  const [first] = variants;
  const stretch = first && worstStretch(first, chunker);
  // By the same name: it is a part of that reading, as a window is.
  if (stretch) yield { ...first, ...stretch, part: true };
}
