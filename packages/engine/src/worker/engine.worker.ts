import { type Backend, errorData, PortcullisError, type TextContext, type Verdict } from '@portcullis/core';
import { expose } from 'comlink';
import { chooseBackends } from '../shared/backend.ts';
import { type Engine, startEngine } from '../shared/engine.ts';
import { Aborted } from '../shared/judge.ts';
import { bundleName } from '../shared/manifest.ts';
import type { EngineApi, EngineInfo, LoadProgress, Outcome, StartOptions } from '../shared/protocol.ts';
import { BundleLoader } from './load-bundle.ts';
import { detectPlatform } from './platform.ts';
import { startRuntime } from './start-runtime.ts';
import { openStore } from './store.ts';

let engine: Engine | undefined;
const aborted = new Set<number>();
/** Scans run one after the other: sessions must not overlap. */
let queue: Promise<unknown> = Promise.resolve();

async function start(options: StartOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo> {
  const started = performance.now();
  const store = await openStore();
  const loader = new BundleLoader(store, onProgress);
  const [manifest, platform] = await Promise.all([loader.manifest(options.bundle), detectPlatform()]);
  const launch = async (backend: Backend): Promise<Engine> => {
    const bundle = await loader.bundle(options.bundle, manifest, backend === 'webgpu' ? 'webgpu' : 'wasm');
    onProgress({ phase: 'start', backend });
    return startEngine(await startRuntime(backend, (url) => loader.runtime(url)), bundle, options.policy);
  };
  const candidates = chooseBackends(platform, options.backend);
  let failure: unknown = new PortcullisError('backend-unavailable', 'this browser offers no WebGPU adapter');
  for (const backend of candidates) {
    try {
      engine = await launch(backend);
      const { thresholds } = engine;
      const { downloadedBytes } = loader;
      return { backend, bundle: bundleName(manifest), downloadedBytes, persistent: store.persistent, thresholds, loadMs: performance.now() - started };
    } catch (error) {
      failure = error;
      // A bundle that can't be had is missing for every backend; only a backend's own failure calls for the next.
      if (error instanceof PortcullisError && error.code.startsWith('bundle-')) break;
    }
  }
  throw failure;
}

/** Lets the event loop take an abort, then stops if one came. */
async function checkpoint(id: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  if (aborted.has(id)) throw new Aborted();
}

function started(): Engine {
  if (engine === undefined) throw new PortcullisError('closed', 'the engine has not started');
  return engine;
}

async function scan(id: number, text: string, context: TextContext): Promise<Outcome<Verdict | null>> {
  try {
    await checkpoint(id);
    return { ok: true, value: await started().scan(text, { ...context, checkpoint: () => checkpoint(id) }) };
  } catch (error) {
    if (error instanceof Aborted) return { ok: true, value: null };
    return { ok: false, error: errorData(error, 'inference-failed') };
  } finally {
    aborted.delete(id);
  }
}

async function embed(text: string): Promise<Outcome<Float32Array[]>> {
  try {
    return { ok: true, value: await started().embed(text) };
  } catch (error) {
    return { ok: false, error: errorData(error, 'inference-failed') };
  }
}

function queued<T>(work: () => Promise<T>): Promise<T> {
  const result = queue.then(work);
  queue = result;
  return result;
}

const api: EngineApi = {
  start: (options, onProgress) =>
    start(options, onProgress).then(
      (value) => ({ ok: true, value }),
      (error: unknown) => ({ ok: false, error: errorData(error, 'backend-unavailable') }),
    ),
  scan: (id, text, context) => queued(() => scan(id, text, context)),
  embed: (text) => queued(() => embed(text)),
  abort: (id) => {
    aborted.add(id);
  },
};

expose(api);
