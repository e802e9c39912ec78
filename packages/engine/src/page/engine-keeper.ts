import { type ErrorData, errorData, PortcullisError } from '@portcullis/core';
import type { EngineInfo, LoadProgress, StartOptions } from '../shared/protocol.ts';
import { connectEngine, type EngineClient } from './client.ts';

/** What the engine does now. */
export type EngineState =
  | { readonly phase: 'loading'; readonly progress?: LoadProgress }
  | { readonly phase: 'ready'; readonly info: EngineInfo }
  /** Nothing runs and no memory is held; the next call starts a worker. `cause`: what ended the last one, unless that was a time without calls. */
  | { readonly phase: 'asleep'; readonly cause?: ErrorData }
  /** The latest start failed; the next call tries again. */
  | { readonly phase: 'failed'; readonly error: ErrorData };

export interface KeeperOptions extends StartOptions {
  /** Milliseconds without a call after which the worker ends; `Infinity`: never. */
  readonly idleMs: number;
}

/** A worker that has started. */
export interface Running {
  readonly client: EngineClient;
  readonly info: EngineInfo;
}

/** Keeps at most one worker. */
export interface EngineKeeper {
  readonly state: EngineState;
  /** The latest start, successful or not. */
  readonly latest: Promise<Running>;
  /** What runs, or the start under way, or a new one. */
  up(): Promise<Running>;
  /** Ends a worker that is not to be trusted any more; the next `up()` starts another, on WASM if this one ran on WebGPU. */
  lose(lost: Running, fault: PortcullisError): void;
  /** Says whether there are calls; without any the worker ends after a time. */
  setBusy(busy: boolean): void;
  /** Ends the worker for good; what is under way, and every later `up()`, rejects with `closed`. */
  close(): void;
}

/** A timer that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Errors after which a worker is not to be trusted: it died, hangs, is out of memory, or computes nonsense on a lost device. */
export function isFault(error: unknown): error is PortcullisError {
  return error instanceof PortcullisError && (error.code === 'worker-crashed' || error.code === 'inference-failed');
}

/**
 * Starts a worker at once, and another wherever that one is gone and `up()` is called. A start that crashes is tried again once;
 * where WebGPU is forced it stays WebGPU, as long as it has never run.
 * WASM memory never shrinks and a lost GPU device never returns: nothing is mended within a worker.
 */
export function keepEngine({ idleMs, ...options }: KeeperOptions, onState: (state: EngineState) => void): EngineKeeper {
  let { backend } = options;
  let state: EngineState = { phase: 'asleep' };
  let closed: PortcullisError | undefined;
  let newest: EngineClient | undefined;
  let running: Running | undefined;
  /** Of what runs or is about to. */
  let start: Promise<Running> | undefined;
  let busy = false;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const tell = (next: EngineState): void => {
    if (closed !== undefined) return;
    state = next;
    onState(next);
  };

  const end = (ending: Running, reason: PortcullisError, then: EngineState): void => {
    if (running !== ending) return;
    running = start = undefined;
    ending.client.terminate(reason);
    tell(then);
  };

  const lose = (lost: Running, fault: PortcullisError): void => {
    if (lost.info.backend === 'webgpu') backend = 'wasm';
    end(lost, fault, { phase: 'asleep', cause: fault.toData() });
  };

  const sleepWhenIdle = (): void => {
    clearTimeout(idle);
    const resting = running;
    if (busy || resting === undefined || idleMs > LONGEST_TIMER_MS) return;
    idle = setTimeout(() => end(resting, new PortcullisError('closed', 'the engine rests'), { phase: 'asleep' }), idleMs);
  };

  const launch = async (): Promise<Running> => {
    if (closed !== undefined) throw closed;
    let tried: string | undefined;
    const client = connectEngine((crash) => {
      if (running?.client === client) lose(running, crash);
      else if (tried === 'webgpu' && backend === 'auto') backend = 'wasm';
    });
    newest = client;
    tell({ phase: 'loading' });
    try {
      const info = await client.start({ ...options, backend }, (progress) => {
        if (progress.phase === 'start') tried = progress.backend;
        tell({ phase: 'loading', progress });
      });
      running = { client, info };
    } catch (error) {
      client.terminate(new PortcullisError('closed', 'the start failed'));
      throw error;
    }
    tell({ phase: 'ready', info: running.info });
    sleepWhenIdle();
    return running;
  };

  const launchTwice = async (): Promise<Running> => {
    try {
      return await launch().catch((error: unknown) => {
        if (!isFault(error)) throw error;
        return launch();
      });
    } catch (error) {
      start = undefined;
      tell({ phase: 'failed', error: errorData(error, 'worker-crashed') });
      throw error;
    }
  };

  const begin = (): Promise<Running> => {
    const launched = launchTwice();
    // Nobody need wait for it: a failed start shows in the state and in every call.
    launched.catch(() => {});
    return launched;
  };

  let latest = begin();
  start = latest;
  return {
    get state() {
      return state;
    },
    get latest() {
      return latest;
    },
    up() {
      if (start === undefined) start = latest = begin();
      return start;
    },
    lose,
    setBusy(now) {
      busy = now;
      sleepWhenIdle();
    },
    close() {
      if (closed !== undefined) return;
      closed = new PortcullisError('closed', 'the guard is closed');
      clearTimeout(idle);
      newest?.terminate(closed);
    },
  };
}
