import { Presets, SingleBar } from 'cli-progress';

/** A progress bar on a terminal's standard error; nothing at all elsewhere. */
export interface Progress {
  advance(): void;
  end(): void;
}

export function startProgress(label: string, total: number): Progress {
  if (!process.stderr.isTTY) return { advance: () => {}, end: () => {} };
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total} rows, {eta_formatted} left`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { advance: () => bar.increment(), end: () => bar.stop() };
}
