import { errorData, type Guard } from '@portcullis/guard';
import type { AppState, Store } from '../state.ts';

/** Some 64 tokens of ordinary English: what a message is made of. */
const TEXT =
  'We are planning a walking holiday along the coast for six people in early June, two of them children. Could you suggest a route of five days with stages of at most twelve kilometres, villages with an inn at the end of each, and a bus that takes us back to where we started?';
const SCANS = 20;

/** How long scans took, in milliseconds from the engine's receipt of a text to its verdict. */
export interface Latencies {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
}

/** @returns `undefined` for none. Quantiles are of the nearest rank. */
export function latenciesOf(all: readonly number[]): Latencies | undefined {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number | undefined => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [median, p95] = [at(0.5), at(0.95)];
  return median === undefined || p95 === undefined ? undefined : { count: sorted.length, median, p95 };
}

/** Scans one text again and again and shows each scan's milliseconds as they come, or what ended it. */
export async function measureSpeed(guard: Guard, store: Store<AppState>): Promise<void> {
  const latencies: number[] = [];
  const show = (failed?: string): void =>
    store.update((state) => {
      const measured = { latencies: [...latencies], of: SCANS, ...(failed !== undefined && { failed }) };
      return { ...state, speed: { ...state.speed, measured } };
    });
  show();
  try {
    // The first may find the engine asleep.
    await guard.scan(TEXT);
    while (latencies.length < SCANS) {
      latencies.push((await guard.scan(TEXT)).latencyMs);
      show();
    }
  } catch (thrown) {
    show(errorData(thrown, 'inference-failed').message);
  }
}
