import type { LoadProgress } from '@portcullis/guard';

const MEGABYTE = 1_000_000;

/** Bytes as megabytes with one decimal, without the unit: `22.5`. */
function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}

/** How far loading is, in words; figures only while bytes move. */
export function progressText(progress: LoadProgress): string {
  if (progress.phase === 'start') return 'Starting the models';
  if (progress.phase === 'wait') return 'Another tab is downloading the models';
  const figures = `${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
  if (progress.phase === 'verify') return `Verifying ${figures}`;
  return progress.fromCache ? `${figures} from this device` : `${figures} downloaded`;
}

/** Share loaded in [0, 1], or undefined when it cannot be told. */
export function progressShare(progress: LoadProgress): number | undefined {
  return 'total' in progress ? Math.min(1, progress.loaded / progress.total) : undefined;
}
