import { errorFrom, PortcullisError } from '@portcullis/core';
import { proxy, wrap } from 'comlink';
import type { Engine } from '../shared/engine.ts';
import { Aborted } from '../shared/judge.ts';
import type { Measured, RunTimes } from '../shared/measured.ts';
import type { EngineApi, LoadProgress, Outcome } from '../shared/protocol.ts';
import { measure } from './measure.ts';

/** One tab measures at a time: two would slow each other down. */
const LOCK = 'portcullis-measuring';

/**
 * Measures the engine that runs, on WebGPU, against one on WASM. That one is another worker, the same script as this: its memory, which never
 * shrinks, goes with it.
 * @param bundle as in `StartOptions`.
 * @returns nothing where another tab is measuring.
 * @throws `Aborted` by the signal; `PortcullisError` for a bundle that can't be had.
 */
export async function measureBackends(engine: Pick<Engine, 'embed'>, bundle: string, signal: AbortSignal): Promise<Measured | undefined> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return undefined;
    const webgpu = await measure(engine, checkpointOf(signal));
    return { webgpu, wasm: await measureOnWasm(bundle, signal) };
  });
}

const checkpointOf = (signal: AbortSignal) => async (): Promise<void> => {
  // A turn of the event loop, in which a question can come.
  await new Promise((resolve) => setTimeout(resolve));
  if (signal.aborted) throw new Aborted();
};

/** `lost` where the bundle is there and no engine starts on it. */
async function measureOnWasm(bundle: string, signal: AbortSignal): Promise<RunTimes | 'lost'> {
  if (signal.aborted) throw new Aborted();
  const rival = new Worker(location.href, { type: 'module', name: 'portcullis, measured' });
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Aborted()), { once: true });
    rival.addEventListener('error', (event) => {
      // Unanswered, it would count as an error of this worker, and end it.
      event.preventDefault();
      reject(new PortcullisError('worker-crashed', event.message));
    });
  });
  let launched = false;
  const remote = wrap<EngineApi>(rival);
  try {
    const told = proxy(({ phase }: LoadProgress) => {
      launched ||= phase === 'start';
    });
    await Promise.race([ended, remote.start({ bundle, backend: 'wasm' }, told).then(valueIn)]);
    return await Promise.race([ended, remote.measure().then(valueIn<RunTimes>)]);
  } catch (error) {
    if (launched && error instanceof PortcullisError && !error.code.startsWith('bundle-')) return 'lost';
    throw error;
  } finally {
    rival.terminate();
  }
}

function valueIn<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw errorFrom(outcome.error);
}
