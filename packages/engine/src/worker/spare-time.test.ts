import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spareTime } from './spare-time.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const QUIET_MS = 10_000;

describe('spareTime', () => {
  it('works once, when it was quiet for a time', async () => {
    const work = vi.fn(async () => {});
    const spare = spareTime(work);
    await vi.advanceTimersByTimeAsync(QUIET_MS * 2);
    expect(work).not.toHaveBeenCalled();
    spare.begin();
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    await spare.end();
    spare.begin();
    await vi.advanceTimersByTimeAsync(QUIET_MS - 1);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledOnce();
    spare.begin();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(work).toHaveBeenCalledOnce();
  });

  it('keeps nobody waiting for longer than the work takes to end, and tries again in the next quiet', async () => {
    let stop = (): void => {};
    const signals: AbortSignal[] = [];
    const spare = spareTime(async (signal) => {
      signals.push(signal);
      await new Promise<void>((resolve) => {
        stop = resolve;
      });
    });
    spare.begin();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    const free = vi.fn();
    const ending = spare.end().then(free);
    expect(signals[0]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(free).not.toHaveBeenCalled();
    stop();
    await ending;
    spare.begin();
    await vi.advanceTimersByTimeAsync(QUIET_MS);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  });

  it.each([
    ['a failure', 1, async () => Promise.reject(new Error('of the work'))],
    ['a failure because it was ended', 2, async (signal: AbortSignal) => new Promise<void>((_, reject) => signal.addEventListener('abort', reject))],
  ])('after %s has tried, in two times of quiet, %i times', async (_name, times, act) => {
    const work = vi.fn(act);
    const spare = spareTime(work);
    for (let i = 0; i < 2; i += 1) {
      spare.begin();
      await vi.advanceTimersByTimeAsync(QUIET_MS);
      await spare.end();
    }
    expect(work).toHaveBeenCalledTimes(times);
  });
});
