const TICK_MS = 1000;

/** Waits for signs of life. */
export interface Watchdog {
  /** From now on there may be silence for so long. What was granted before and is longer still counts: messages of two ports may overtake each other. */
  expectWithin(ms: number): void;
  /** Nothing is expected any more. */
  rest(): void;
}

/**
 * Calls `onSilence` when the time is up. It counts ticks and reads no clock: when a computer sleeps, or a browser freezes the page
 * with its worker, one late tick is all that passes, and the worker keeps the rest of its time.
 */
export function createWatchdog(onSilence: () => void): Watchdog {
  let ticksLeft = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
    ticksLeft = 0;
  };
  const tick = (): void => {
    ticksLeft -= 1;
    if (ticksLeft > 0) return;
    rest();
    onSilence();
  };
  return {
    rest,
    expectWithin(ms) {
      ticksLeft = Math.max(ticksLeft, Math.ceil(ms / TICK_MS));
      timer ??= setInterval(tick, TICK_MS);
    },
  };
}
