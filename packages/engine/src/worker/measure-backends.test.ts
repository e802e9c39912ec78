import type { ErrorCode } from '@portcullis/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { apiWith, INFO, never, ok, WorkerStandIn } from '../node/testing/worker-stand-in.ts';
import type { Engine } from '../shared/engine.ts';
import type { EngineApi, StartOptions } from '../shared/protocol.ts';
import { measureBackends } from './measure-backends.ts';

// Real engines are measured in node/measure.test.ts and e2e/backends.spec.ts. Here: what becomes of the rival, whatever it does.

const BUNDLE = 'https://app.example/models/';
const SCRIPT = 'https://app.example/engine.worker.js';
const RIVAL = { 64: 3, 256: 9 };
const engine: Pick<Engine, 'embed'> = { embed: async () => [] };
let asked: StartOptions[];
let scripts: string[];
let lock: object | null;

beforeEach(() => {
  [asked, scripts, lock] = [[], [], {}];
  vi.stubGlobal(
    'Worker',
    class extends WorkerStandIn {
      constructor(script: string) {
        super();
        scripts.push(script);
      }
    },
  );
  vi.stubGlobal('location', { href: SCRIPT });
  vi.stubGlobal('navigator', {
    locks: { request: async (_name: string, _options: object, hold: (lock: object | null) => unknown) => hold(lock) },
  });
});
afterEach(() => {
  WorkerStandIn.started.length = 0;
  vi.unstubAllGlobals();
});

function serve(api: Partial<EngineApi>): void {
  WorkerStandIn.apiOf = () => {
    const all = apiWith({ measure: async () => ok(RIVAL), ...api });
    return {
      ...all,
      start: async (options, onProgress) => {
        asked.push(options);
        await onProgress({ phase: 'start', backend: 'wasm' });
        return all.start(options, onProgress);
      },
    };
  };
}

const terminated = (): boolean[] => WorkerStandIn.started.map((each) => each.terminated);
const rival = async (): Promise<WorkerStandIn> => vi.waitUntil(() => asked.length > 0 && WorkerStandIn.started[0]);
const failing = (code: ErrorCode) => async () => ({ ok: false, error: { code, message: 'of the test' } }) as const;
/** Both lengths in no time: what is measured is another test's matter. */
const OWN = { 64: expect.any(Number), 256: expect.any(Number) };

it('measures the engine that runs, and a worker of its own on WASM, which is gone afterwards', async () => {
  serve({});
  expect(await measureBackends(engine, BUNDLE, new AbortController().signal)).toEqual({ webgpu: OWN, wasm: RIVAL });
  expect(asked).toEqual([{ bundle: BUNDLE, backend: 'wasm' }]);
  expect(scripts).toEqual([SCRIPT]);
  expect(terminated()).toEqual([true]);
});

it.each([
  ['starts no engine', { start: failing('backend-unavailable') }],
  ['computes nonsense', { measure: failing('inference-failed') }],
])('holds a rival that %s for lost', async (_name, api) => {
  serve(api);
  expect(await measureBackends(engine, BUNDLE, new AbortController().signal)).toEqual({ webgpu: OWN, wasm: 'lost' });
  expect(terminated()).toEqual([true]);
});

it('holds a rival that crashes for lost, and its error for none of this worker', async () => {
  serve({ start: () => never });
  const found = measureBackends(engine, BUNDLE, new AbortController().signal);
  const crash = Object.assign(new Event('error', { cancelable: true }), { message: 'out of memory' });
  (await rival()).dispatchEvent(crash);
  expect(await found).toEqual({ webgpu: OWN, wasm: 'lost' });
  expect(crash.defaultPrevented).toBe(true);
});

it('learns nothing of a rival whose models cannot be had', async () => {
  serve({ start: failing('bundle-network') });
  await expect(measureBackends(engine, BUNDLE, new AbortController().signal)).rejects.toMatchObject({ code: 'bundle-network' });
  expect(terminated()).toEqual([true]);
});

it.each<[string, Partial<EngineApi>]>([
  ['starts', { start: () => never }],
  ['is measured', { start: async () => ok(INFO), measure: () => never }],
])('ends a rival that %s at once when a question comes', async (_name, api) => {
  serve(api);
  const ending = new AbortController();
  const found = measureBackends(engine, BUNDLE, ending.signal);
  await rival();
  ending.abort();
  await expect(found).rejects.toThrow();
  expect(terminated()).toEqual([true]);
});

it('starts no rival where a question came before', async () => {
  serve({});
  const ending = new AbortController();
  ending.abort();
  await expect(measureBackends(engine, BUNDLE, ending.signal)).rejects.toThrow();
  expect(terminated()).toEqual([]);
});

it('leaves it to another tab that is at it', async () => {
  serve({});
  lock = null;
  expect(await measureBackends(engine, BUNDLE, new AbortController().signal)).toBeUndefined();
  expect(terminated()).toEqual([]);
});
