import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PIECE_BYTES } from './draft.ts';
import { openStore } from './store.ts';

const BYTES = new Uint8Array([1, 2, 3]);
const DAY_MS = 24 * 60 * 60 * 1000;
const stubDatabase = (): void => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
};
const quotaExceeded = (): never => {
  throw new DOMException('no space', 'QuotaExceededError');
};

afterEach(() => {
  vi.useRealTimers();
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
    await store.use(['sha256:kept']);
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(quotaExceeded);
    await store.set('sha256:new', BYTES);
    expect(store.persistent).toBe(method !== 'put');
    const kept = await store.get('sha256:kept');
    expect(kept).toEqual(method === 'get' ? undefined : BYTES);
    await store.delete('sha256:kept');
    vi.restoreAllMocks();
    expect(await store.get('sha256:new')).toEqual(method === 'put' ? undefined : BYTES);
    expect(await store.get('sha256:kept')).toEqual(method === 'delete' ? BYTES : undefined);
  });

  it.each([
    ['what another program wrote', (files: IDBObjectStore) => void files.put(BYTES, 'sha256:a')],
    ['a file that has lost a piece', (files: IDBObjectStore) => void files.delete(['sha256:a', 0])],
  ])('does not know %s', async (_name, spoil) => {
    stubDatabase();
    const store = await openStore();
    await store.set('sha256:a', BYTES);
    await inDatabase(spoil);
    expect(await store.get('sha256:a')).toBeUndefined();
    await store.set('sha256:a', BYTES);
    expect(await store.get('sha256:a')).toEqual(BYTES);
  });
});

describe('a draft', () => {
  const half = new Uint8Array(PIECE_BYTES).fill(7);

  it('is no file before it is finished', async () => {
    stubDatabase();
    const store = await openStore();
    const draft = await store.draft('sha256:a');
    await draft.restart('"v1"');
    draft.append(half);
    draft.append(BYTES);
    expect(await store.get('sha256:a')).toBeUndefined();
    await draft.finish();
    expect((await store.get('sha256:a'))?.byteLength).toBe(half.byteLength + BYTES.byteLength);
    expect((await store.draft('sha256:a')).size).toBe(0);
  });

  it('goes on from its pieces on the next visit, and from its last byte where it was paused', async () => {
    stubDatabase();
    const first = await (await openStore()).draft('sha256:a');
    await first.restart('"v1"');
    first.append(half);
    first.append(BYTES);
    const second = await (await openStore()).draft('sha256:a');
    expect([second.size, second.validator]).toEqual([PIECE_BYTES, '"v1"']);
    await first.pause();
    const store = await openStore();
    const third = await store.draft('sha256:a');
    expect(third.size).toBe(PIECE_BYTES + BYTES.byteLength);
    third.append(BYTES);
    await third.finish();
    expect(Buffer.from((await store.get('sha256:a')) ?? []).equals(Buffer.concat([half, BYTES, BYTES]))).toBe(true);
  });

  it('forgets what it cannot add to', async () => {
    stubDatabase();
    const store = await openStore();
    const draft = await store.draft('sha256:a');
    await draft.restart(undefined);
    draft.append(half);
    expect((await store.draft('sha256:a')).size).toBe(0);
    await draft.pause();
    expect(draft.size).toBe(0);
    expect(await countInDatabase()).toBe(0);
  });

  it('goes on in memory where there is no room, and leaves nothing behind', async () => {
    stubDatabase();
    const store = await openStore();
    await store.use(['sha256:a']);
    const draft = await store.draft('sha256:a');
    await draft.restart('"v1"');
    draft.append(half);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(quotaExceeded);
    draft.append(half);
    draft.append(BYTES);
    await draft.finish();
    expect(Buffer.from(draft.bytes()).equals(Buffer.concat([half, half, BYTES]))).toBe(true);
    expect(store.persistent).toBe(false);
    vi.restoreAllMocks();
    expect(await (await openStore()).get('sha256:a')).toBeUndefined();
    expect(await countInDatabase()).toBe(1); // the times of use
  });
});

describe('what is old', () => {
  /** Stores files, each used so many days ago. */
  async function filled(ages: Readonly<Record<string, number>>): Promise<void> {
    stubDatabase();
    vi.useFakeTimers({ toFake: ['Date'] });
    const now = Date.now();
    for (const [key, days] of Object.entries(ages)) {
      vi.setSystemTime(now - days * DAY_MS);
      const store = await openStore();
      await store.use([key]);
      await store.set(key, BYTES);
    }
    vi.setSystemTime(now);
  }
  const left = async (...names: string[]): Promise<string[]> => {
    const store = await openStore();
    const found = await Promise.all(names.map((key) => store.get(key)));
    return names.filter((_, index) => found[index] !== undefined);
  };

  it('goes after 30 days without use', async () => {
    await filled({ old: 31, young: 29, again: 40, here: 50 });
    await (await openStore()).use(['again']);
    const store = await openStore();
    await store.use(['here']);
    await store.sweep();
    expect(await left('old', 'young', 'again', 'here')).toEqual(['young', 'again', 'here']);
  });

  it('takes along what nobody ever used, pieces and all', async () => {
    await filled({ young: 1 });
    await (await openStore()).set('stray', BYTES);
    const before = await countInDatabase();
    await (await openStore()).sweep();
    expect(await left('stray', 'young')).toEqual(['young']);
    expect(await countInDatabase()).toBe(before - 2);
  });

  it('gives way first where space is short, and never what is in use', async () => {
    await filled({ oldest: 20, old: 10, young: 1, mine: 25 });
    const store = await openStore();
    await store.use(['mine', 'new']);
    const put = IDBObjectStore.prototype.put;
    let room = -2;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...entry) {
      room += 1;
      return room <= 0 ? quotaExceeded() : put.apply(this, entry);
    });
    await store.set('new', BYTES);
    vi.restoreAllMocks();
    expect(store.persistent).toBe(true);
    expect(await left('oldest', 'old', 'young', 'mine', 'new')).toEqual(['young', 'mine', 'new']);
  });

  it('is all given up in vain where there is no room whatever goes', async () => {
    await filled({ old: 10, mine: 25 });
    const store = await openStore();
    await store.use(['mine', 'new']);
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(quotaExceeded);
    await store.set('new', BYTES);
    vi.restoreAllMocks();
    expect(store.persistent).toBe(false);
    expect(await left('old', 'mine', 'new')).toEqual(['mine']);
  });
});

/** Works on the store's own database, as a fault would. */
function inDatabase<T>(work: (files: IDBObjectStore) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('portcullis');
    opening.onerror = reject;
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('artifacts', 'readwrite');
      const result = work(transaction.objectStore('artifacts') as IDBObjectStore);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(result);
      };
    };
  });
}

async function countInDatabase(): Promise<number> {
  return (await inDatabase((files) => files.count())).result;
}
