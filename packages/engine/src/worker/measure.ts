import type { Engine } from '../shared/engine.ts';
import { MEASURED_TOKENS, type RunTimes } from '../shared/measured.ts';

const RUNS = 5;
/** A device this slow is measured well enough by fewer. */
const ENOUGH_MS = 1000;
/** Of `[CLS]`, `[SEP]` and an encoder's prefix, about: runs are padded to the length. */
const SPECIAL_TOKENS = 6;

/**
 * The time of warm runs over fixed texts.
 * @param checkpoint called before each run; what it throws ends the measurement.
 */
export async function measure(engine: Pick<Engine, 'embed'>, checkpoint: () => Promise<void>): Promise<RunTimes> {
  const times: [number, number][] = [];
  for (const tokens of MEASURED_TOKENS) {
    const text = 'the '.repeat(tokens - SPECIAL_TOKENS);
    const run = async (): Promise<number> => {
      await checkpoint();
      const started = performance.now();
      await engine.embed(text);
      return performance.now() - started;
    };
    // The first of a length grows memory and builds pipelines.
    await run();
    const runs = [await run()];
    while (runs.length < RUNS && sum(runs) < ENOUGH_MS) runs.push(await run());
    times.push([tokens, median(runs)]);
  }
  return Object.fromEntries(times) as unknown as RunTimes;
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

/** The upper one of an even number. */
function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
