import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { measurements } from './measurements.ts';
import { openStore } from './store.ts';

const DEVICE = ['Browser/1', 'vendor gpu', 'threads'];
const BUNDLE = 'https://app.example/models/';
const FOUND = { webgpu: { 64: 4.5, 256: 17 }, wasm: 'lost' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const on = async (device = DEVICE, bundle = BUNDLE) => measurements(await openStore(), bundle, device);

describe('measurements', () => {
  it('are kept from one visit to the next, for the same bundle on the same device alone', async () => {
    expect(await (await on()).read()).toEqual({});
    await (await on()).keep(FOUND);
    expect(await (await on()).read()).toEqual(FOUND);
    expect(await (await on(['Browser/2', 'vendor gpu', 'threads'])).read()).toEqual({});
    expect(await (await on(['Browser/1', 'vendor other', 'threads'])).read()).toEqual({});
    expect(await (await on(['Browser/1', 'vendor gpu', 'one thread'])).read()).toEqual({});
    expect(await (await on(DEVICE, 'https://app.example/models-2/')).read()).toEqual({});
  });

  it.each([
    ['no text', new Uint8Array([0xff, 0xfe])],
    ['no JSON', '{"webgpu":'],
    ['no object', '"webgpu"'],
    ['a time of nothing', '{"webgpu":{"64":0,"256":1}}'],
    ['a time that lacks a length', '{"webgpu":{"64":1}}'],
    ['a time that is no number', '{"webgpu":{"64":1,"256":"1"},"wasm":"lost"}'],
    ['a word of its own', '{"wasm":"won"}'],
  ])('are ignored where what is stored is %s', async (_name, stored) => {
    const first = await on();
    await first.keep(FOUND);
    const [key] = (await vi
      .importActual<typeof import('idb-keyval')>('idb-keyval')
      .then(({ createStore, keys }) => keys(createStore('portcullis', 'artifacts')))
      .then((keys) => keys.filter((key) => String(key).startsWith('measured:') && !Array.isArray(key)))) as string[];
    await (await openStore()).set(key ?? '', typeof stored === 'string' ? new TextEncoder().encode(stored) : stored);
    expect(await (await on()).read()).toEqual({});
  });

  it('stay while they are used, and go with what is not', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await (await on()).keep(FOUND);
    for (const day of [20, 40]) {
      vi.setSystemTime(Date.now() + 20 * DAY_MS);
      expect(await (await on()).read(), `day ${day}`).toEqual(FOUND);
      await (await openStore()).sweep();
    }
    vi.setSystemTime(Date.now() + 31 * DAY_MS);
    await (await openStore()).sweep();
    expect(await (await on()).read()).toEqual({});
  });
});
