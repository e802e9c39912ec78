import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openStore } from './store.ts';

const BYTES = new Uint8Array([1, 2, 3]);
const stubDatabase = (): void => void vi.stubGlobal('indexedDB', new IDBFactory());

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('openStore', () => {
  it('keeps bytes from one visit to the next', async () => {
    stubDatabase();
    const first = await openStore();
    expect(first.persistent).toBe(true);
    expect(await first.get('sha256:a')).toBeUndefined();
    await first.set('sha256:a', BYTES);
    const second = await openStore();
    expect(await second.get('sha256:a')).toEqual(BYTES);
    await second.delete('sha256:a');
    expect(await (await openStore()).get('sha256:a')).toBeUndefined();
  });

  it.each([
    ['is absent', undefined],
    [
      'throws, as some private windows do',
      {
        open: () => {
          throw new DOMException('refused', 'SecurityError');
        },
      },
    ],
  ])('keeps nothing and throws nothing where IndexedDB %s', async (_name, database) => {
    vi.stubGlobal('indexedDB', database);
    const store = await openStore();
    expect(store.persistent).toBe(false);
    await store.set('sha256:a', BYTES);
    expect(await store.get('sha256:a')).toBeUndefined();
    await store.delete('sha256:a');
  });

  it('keeps nothing where the database does not open', async () => {
    const newer = new IDBFactory();
    await new Promise((resolve) => {
      newer.open('portcullis', 9).onsuccess = resolve;
    });
    vi.stubGlobal('indexedDB', newer);
    const store = await openStore();
    expect(store.persistent).toBe(false);
    await store.set('sha256:a', BYTES);
    expect(await store.get('sha256:a')).toBeUndefined();
  });

  it.each(['get', 'put', 'delete'] as const)('forgets, and does not throw, where %s fails later on', async (method) => {
    stubDatabase();
    const store = await openStore();
    await store.set('sha256:kept', BYTES);
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw new DOMException('no space', 'QuotaExceededError');
    });
    await store.set('sha256:new', BYTES);
    await store.delete('sha256:kept');
    const found = await store.get('sha256:kept');
    vi.restoreAllMocks();
    expect(found).toEqual(method === 'delete' ? BYTES : undefined);
    expect(await store.get('sha256:new')).toEqual(method === 'put' ? undefined : BYTES);
    expect(await store.get('sha256:kept')).toEqual(method === 'delete' ? BYTES : undefined);
  });
});
