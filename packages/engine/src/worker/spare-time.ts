/** A person who writes has the next text read sooner than this. */
const QUIET_MS = 10_000;

/** Work for a time when nobody waits. */
export interface SpareTime {
  /** Nobody waits any more: the work begins when it stays quiet. */
  begin(): void;
  /** Somebody waits: resolves when the work has ended, which it does as soon as it can. It begins anew in the next quiet. */
  end(): Promise<void>;
}

/** @param work done once; a run that its signal ended does not count. What it throws ends it for good. */
export function spareTime(work: (signal: AbortSignal) => Promise<void>): SpareTime {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ending = new AbortController();
  let running: Promise<void> | undefined;
  let done = false;
  const run = async (signal: AbortSignal): Promise<void> => {
    try {
      await work(signal);
    } catch {
      // Whatever ails the engine shows at the next question.
    }
    done = !signal.aborted;
  };
  return {
    begin() {
      clearTimeout(timer);
      if (done) return;
      timer = setTimeout(() => {
        ending = new AbortController();
        running = run(ending.signal);
      }, QUIET_MS);
    },
    async end() {
      clearTimeout(timer);
      ending.abort();
      await running;
    },
  };
}
