import type { Guard, Verdict } from '@portcullis/guard';

/**
 * What is read within this is read at every key, without a pause: at 40 words a minute the next comes after 300 milliseconds, and where it is Enter, the
 * verdict is to be there. What takes longer is read less often: half its time is waited for, so long at the most.
 */
const QUICK_MS = 250;
const LONGEST_PAUSE_MS = 1000;
/** Reading costs the page a message to the worker, and after a key Chromium calls no page idle for a while: so long it waits for that, half a frame. */
const IDLE_WITHIN_MS = 8;

/** Kinds of edits that bring in a text from elsewhere, whole. */
const BROUGHT_IN: ReadonlySet<string> = new Set(['insertFromPaste', 'insertFromDrop', 'insertReplacementText']);

/** Whether an edit brings in a text from elsewhere: it is read without a pause. */
export const isBroughtIn = (event: Event | undefined): boolean => event instanceof InputEvent && BROUGHT_IN.has(event.inputType);

/** Who reads: a guard, or what stands for one. */
export type Reader = Pick<Guard, 'scan'>;

/** One text's way to its verdict. */
export interface Reading {
  readonly text: string;
  readonly signal: AbortSignal;
  readonly answer: Promise<Verdict>;
  /** There once the answer has come. */
  readonly verdict: Verdict | undefined;
}

/** Scans a text while it is written, so that its verdict is there when it is sent. */
export interface TypingScan {
  /** The text has changed: what was read of the old one is dropped, and the new one is read at the next pause, or `soon`. */
  edited(soon: boolean): void;
  /** The reading of this text: the one that is there or under way, else a new one. A failed or incomplete one does not stay. */
  read(text: string, guard: Reader): Reading;
  /** The verdict on this text, if it is there. */
  verdictOn(text: string): Verdict | undefined;
  /** A press has had its verdict: the next one is answered anew. */
  used(): void;
  stop(): void;
}

const whenIdle: (work: () => void) => void =
  typeof requestIdleCallback === 'function' ? (work) => void requestIdleCallback(work, { timeout: IDLE_WITHIN_MS }) : (work) => void setTimeout(work);

/**
 * @param source gives the text that stands there and the guard that is ready to read it; undefined where there is nothing to read, or nobody to.
 * @param onVerdict told of each verdict that comes about, with its text.
 */
export function scanWhileTyping(
  source: () => { readonly text: string; readonly guard: Reader } | undefined,
  onVerdict: (text: string, verdict: Verdict) => void,
): TypingScan {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = 0;
  let current: Reading | undefined;
  let ending = new AbortController();

  const stop = (): void => {
    clearTimeout(pause);
    ending.abort();
    ending = new AbortController();
    current = undefined;
  };

  const read = (text: string, guard: Reader): Reading => {
    if (current?.text === text) return current;
    stop();
    const { signal } = ending;
    let verdict: Verdict | undefined;
    const reading: Reading = {
      text,
      signal,
      answer: guard.scan(text, { signal }),
      get verdict() {
        return verdict;
      },
    };
    const drop = (): void => {
      if (current === reading) current = undefined;
    };
    reading.answer.then((answer) => {
      if (signal.aborted) return;
      verdict = answer;
      pauseMs = answer.latencyMs <= QUICK_MS ? 0 : Math.min(LONGEST_PAUSE_MS, answer.latencyMs / 2);
      if (answer.degraded) drop();
      else onVerdict(text, answer);
    }, drop);
    current = reading;
    return reading;
  };

  return {
    read,
    stop,
    verdictOn: (text) => (current?.text === text ? current.verdict : undefined),
    used() {
      current = undefined;
    },
    edited(soon) {
      stop();
      const { signal } = ending;
      const begin = (): void => {
        const there = signal.aborted ? undefined : source();
        if (there) read(there.text, there.guard);
      };
      pause = setTimeout(() => whenIdle(begin), soon ? 0 : pauseMs);
    },
  };
}
