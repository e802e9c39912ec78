import type { LoadProgress } from '@portcullis/guard';
import { EN, type GateWords } from './words.ts';

const MEGABYTE = 1_000_000;

/** Bytes as megabytes with one decimal, without the unit: `22.5`. */
function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}

/** How far loading is, in words; figures only while bytes move. */
export function progressText(progress: LoadProgress, words: GateWords = EN): string {
  if (progress.phase === 'start') return words.starting;
  if (progress.phase === 'wait') return words.otherTab;
  const figures = [megabytes(progress.loaded), megabytes(progress.total)] as const;
  if (progress.phase === 'verify') return words.verifying(...figures);
  return progress.fromCache ? words.fromDevice(...figures) : words.downloaded(...figures);
}

/** Share loaded in [0, 1], or undefined when it cannot be told. */
export function progressShare(progress: LoadProgress): number | undefined {
  return 'total' in progress ? Math.min(1, progress.loaded / progress.total) : undefined;
}
