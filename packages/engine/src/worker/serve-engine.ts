import { type Backend, errorData, PortcullisError, parsePolicy } from '@portcullis/core';
import { expose } from 'comlink';
import { chooseBackends, isOpen } from '../shared/backend.ts';
import type { Bundle } from '../shared/bundle.ts';
import { type Engine, startEngine } from '../shared/engine.ts';
import { Aborted } from '../shared/judge.ts';
import { bundleName, GUARD_BUNDLE } from '../shared/manifest.ts';
import {
  BATCH_SILENCE_MS,
  type EngineApi,
  type EngineInfo,
  type JudgedText,
  type LoadProgress,
  type Outcome,
  type SignOfLife,
  SOFTWARE_GPU_SLOWNESS,
  START_SILENCE_MS,
  type StartOptions,
} from '../shared/protocol.ts';
import type { Choice } from './choice.ts';
import { BundleLoader } from './load-bundle.ts';
import { nextTask } from './next-task.ts';
import { type Device, detectPlatform } from './platform.ts';
import type { SpareTime } from './spare-time.ts';
import { type Starting, startRuntime } from './start-runtime.ts';
import { type ArtifactStore, openStore } from './store.ts';
import { watchDevice } from './watch-device.ts';

let engine: Engine | undefined;
const aborted = new Set<number>();
/** How many times longer than on a fair device everything may take. */
let slowness = 1;
/** Who is told how far loading is: of the start, later of the parts that only tool calls and conversations need. */
let telling: (progress: LoadProgress) => void = () => {};
/** In which the backends are measured, where that is to be done. */
let spare: SpareTime | undefined;

/** True for a bundle that a browser extension brings along: it lies on the disk already, and a copy in the store would double it. */
const isPacked = (bundle: string): boolean => /^[a-z-]+-extension:$/.test(new URL(bundle).protocol);

async function choose(options: StartOptions, device: Device, store: ArtifactStore): Promise<Choice> {
  if (!isOpen(device, options.backend)) return { candidates: chooseBackends(device, options.backend), settle: async () => ({}) };
  const { chooseMeasured } = await import('./choice.ts');
  // What was measured is kept even where the bundle is not.
  return chooseMeasured(options, device, isPacked(options.bundle) ? await openStore() : store);
}

async function start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo> {
  const started = performance.now();
  const store = await openStore(!isPacked(options.bundle));
  telling = onProgress;
  const loader = new BundleLoader(store, options.bundle, GUARD_BUNDLE, (progress) => {
    // Beside progress, which has a port of its own: nothing must be taken for silence while files arrive.
    showLife(START_SILENCE_MS);
    telling(progress);
  });
  const platform = await detectPlatform(options.backend);
  const launch = (backend: Backend, bundle: Bundle, { running }: Starting): Promise<Engine> => {
    onProgress({ phase: 'start', backend });
    slowness = backend === 'webgpu' && platform.webgpu === 'software' ? SOFTWARE_GPU_SLOWNESS : 1;
    showLife(START_SILENCE_MS);
    return startEngine(running, bundle, parsePolicy());
  };
  const choice = await choose(options, platform, store);
  const lost: Backend[] = [];
  let failure: unknown = new PortcullisError('backend-unavailable', 'this browser offers no WebGPU adapter');
  for (const backend of choice.candidates) {
    try {
      // First of all, so that it compiles while the models come.
      const starting = await startRuntime(backend, (url, sum) => loader.runtime(url, sum));
      const bundle = await loader.bundle();
      const running = await launch(backend, bundle, starting);
      engine = running;
      if (backend === 'webgpu') await watchDevice();
      await loader.keep();
      void store.sweep();
      const settled = await choice.settle(running, backend, lost);
      spare = settled.spare;
      return {
        backend,
        bundle: bundleName(bundle.manifest),
        downloadedBytes: loader.downloadedBytes,
        persistent: store.persistent,
        thresholds: bundle.manifest.thresholds,
        loadMs: performance.now() - started,
        ...(settled.measured && { measured: settled.measured }),
      };
    } catch (error) {
      failure = error;
      // Not where a script could not be had, which another start may find.
      if (error instanceof PortcullisError && error.code === 'backend-unavailable') lost.push(backend);
      // A bundle that can't be had is missing for every backend; only a backend's own failure calls for the next.
      if (error instanceof PortcullisError && error.code.startsWith('bundle-')) break;
    }
  }
  throw failure;
}

function showLife(silenceMs: number): void {
  postMessage({ silenceMs: silenceMs * slowness } satisfies SignOfLife);
}

/** Before each batch: tells the page that the engine is at work, and lets the event loop take an abort. */
async function breathe(): Promise<void> {
  showLife(BATCH_SILENCE_MS);
  await nextTask();
}

function started(): Engine {
  if (engine === undefined) throw new PortcullisError('closed', 'the engine has not started');
  return engine;
}

/** Runs one question that `abort` may end between batches. */
async function abortableById<T>(
  id: number,
  question: (checkpoint: () => Promise<void>) => Promise<T>,
  judgedIn?: (answer: T) => JudgedText,
): Promise<Outcome<T | null>> {
  const checkpoint = async (): Promise<void> => {
    await breathe();
    if (aborted.has(id)) throw new Aborted();
  };
  try {
    await spare?.end();
    await checkpoint();
    const value = await question(checkpoint);
    return { ok: true, value, ...(judgedIn && { judged: judgedIn(value) }) };
  } catch (error) {
    if (error instanceof Aborted) return { ok: true, value: null };
    return { ok: false, error: errorData(error, 'inference-failed') };
  } finally {
    aborted.delete(id);
    spare?.begin();
  }
}

async function prepareTurns(onProgress: (progress: LoadProgress) => void): Promise<Outcome<null>> {
  telling = onProgress;
  return answer(async () => {
    await started().prepareTurns();
    return null;
  });
}

async function answer<T>(question: () => Promise<T>): Promise<Outcome<T>> {
  try {
    await spare?.end();
    return { ok: true, value: await question() };
  } catch (error) {
    return { ok: false, error: errorData(error, 'inference-failed') };
  }
}

const api: EngineApi = {
  start: (options, onProgress) =>
    start(options, onProgress).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: errorData(error, 'backend-unavailable') }),
    ),
  scan: (id, text, request) =>
    abortableById(
      id,
      (checkpoint) => started().scan(text, { ...request, checkpoint }),
      (verdict) => ({ text, under: request, verdict }),
    ),
  scanTurn: (id, { policy, ...request }) =>
    abortableById(
      id,
      (checkpoint) => started().scanTurn(request, { policy, checkpoint }),
      ({ verdict }) => ({ text: request.text, under: { policy }, verdict }),
    ),
  prepareTurns,
  attribution: (id, text, request) => abortableById(id, (checkpoint) => started().attribution(text, { ...request, checkpoint })),
  checkToolCall: (id, request, onProgress) => {
    telling = onProgress;
    return abortableById(id, (checkpoint) => started().checkToolCall(request, { policy: request.policy, checkpoint }));
  },
  embed: (text) => answer(() => started().embed(text, breathe)),
  measure: () => answer(async () => (await import('./measure.ts')).measure(started(), breathe)),
  abort: (id) => {
    aborted.add(id);
  },
};

/** Hears and answers the page's questions, from now on. */
export const serveEngine = (): void => expose(api);
