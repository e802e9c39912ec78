import { createStore, get, getMany, promisifyRequest, type UseStore, update } from 'idb-keyval';
import { type Draft, type Head, isHead, joined, startDraft } from './draft.ts';

/** Where downloaded bytes live between visits. A store that fails forgets; it never throws. */
export interface ArtifactStore {
  /** False where nothing can be kept: IndexedDB is refused, or out of room. What was kept before can still be read. */
  readonly persistent: boolean;
  /** The bytes of a file that is whole. */
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  /** A file that is on its way, with what came of it on earlier visits. */
  draft(key: string): Promise<Draft>;
  /** Marks files as used now, there or not. This store drops none of them for want of room. */
  use(keys: readonly string[]): Promise<void>;
  /** Drops what nobody has used for 30 days. */
  sweep(): Promise<void>;
}

const KEEP_MS = 30 * 24 * 60 * 60 * 1000;
/** Under this key: when each file was last used. One value, so that tabs update it one after the other. */
const LEDGER = 'used';
type Ledger = Readonly<Record<string, number>>;

/**
 * Opens the IndexedDB store, or one that keeps nothing where the browser refuses it (private windows, policies) or `keeping` is false.
 * Keys: `sha256:<hex>` for models and runtimes, `manifest:<url>`, `pending:<url>` for a manifest whose files are on their way, `hub:<url>` for the
 * sum of a file that no manifest lists, and `vectors:<hex>` for embeddings of texts that stay the same.
 * Under a file's key stands its head, under `[key, 0]`, `[key, 1]` … its pieces.
 */
export async function openStore(keeping = true): Promise<ArtifactStore> {
  const db = keeping ? await openDatabase() : undefined;
  const inUse = new Set<string>();
  let persistent = db !== undefined;

  /** What the database answers, or the fallback: reading may fail later, too (evicted, corrupted on disk), and then the network answers. */
  const tried = async <T>(work: (db: UseStore) => Promise<T>, otherwise: T): Promise<T> => {
    if (db === undefined) return otherwise;
    try {
      return await work(db);
    } catch {
      return otherwise;
    }
  };

  const read = (key: string) =>
    tried(async (db) => {
      const head = await get<unknown>(key, db);
      if (!isHead(head)) return undefined;
      const pieces = await getMany<unknown>(pieceKeys(key, head.pieces), db);
      return pieces.every((piece) => piece instanceof Uint8Array) ? { head, pieces } : undefined;
    }, undefined);

  const drop = (key: string): Promise<boolean> =>
    tried(async (db) => {
      await transact(db, (files) => {
        files.delete(key);
        files.delete(IDBKeyRange.bound([key, 0], [key, Number.POSITIVE_INFINITY]));
      });
      return true;
    }, false);

  /** Files with the time of their last use, the one longest ago first; without those in use here. */
  const byAge = (): Promise<[key: string, usedAt: number][]> =>
    tried(async (db) => {
      const ledger = (await get<Ledger>(LEDGER, db)) ?? {};
      const names = (await db('readonly', (files) => promisifyRequest(files.getAllKeys()))).filter(
        (key) => typeof key === 'string' && key !== LEDGER && !inUse.has(key),
      ) as string[];
      return names.map((key): [string, number] => [key, ledger[key] ?? 0]).sort(([, a], [, b]) => a - b);
    }, []);

  const dropOldest = async (): Promise<boolean> => {
    const [oldest] = await byAge();
    return oldest !== undefined && (await drop(oldest[0]));
  };

  /** Writes a file's head and its newest piece together, so that what is stored is always a beginning of the file. */
  const write = async (key: string, head: Head, piece?: Uint8Array): Promise<void> => {
    while (persistent && db !== undefined) {
      try {
        return await transact(db, (files) => {
          if (piece !== undefined) files.put(piece, [key, head.pieces - 1]);
          files.put(head, key);
        });
      } catch (error) {
        const full = error instanceof DOMException && error.name === 'QuotaExceededError';
        if (full && (await dropOldest())) continue;
        // Nothing is left to give way (the browser's estimate could not have told: Chromium's says 10 GiB, whatever the quota is).
        // From here on the models run from memory; the half of a file would only take the room of others.
        persistent = false;
        await drop(key);
      }
    }
  };

  return {
    get persistent() {
      return persistent;
    },
    async get(key) {
      const file = await read(key);
      return file?.head.whole ? joined(file.pieces) : undefined;
    },
    set: (key, bytes) => write(key, { pieces: 1, whole: true, validator: undefined }, bytes),
    async delete(key) {
      await drop(key);
    },
    async draft(key) {
      return startDraft(await read(key), { write: (head, piece) => write(key, head, piece), drop: async () => void (await drop(key)) });
    },
    async use(used) {
      for (const key of used) inUse.add(key);
      const now = Date.now();
      const entries = Object.fromEntries(used.map((key) => [key, now]));
      await tried((db) => update<Ledger>(LEDGER, (ledger) => ({ ...ledger, ...entries }), db), undefined);
    },
    async sweep() {
      const past = Date.now() - KEEP_MS;
      for (const [key, usedAt] of await byAge()) if (usedAt < past) await drop(key);
      const recent = (ledger: Ledger = {}): Ledger => Object.fromEntries(Object.entries(ledger).filter(([, usedAt]) => usedAt >= past));
      await tried((db) => update<Ledger>(LEDGER, recent, db), undefined);
    },
  };
}

async function openDatabase(): Promise<UseStore | undefined> {
  try {
    const db = createStore('portcullis', 'artifacts');
    await get('probe', db);
    return db;
  } catch {
    return undefined;
  }
}

const pieceKeys = (key: string, count: number): IDBValidKey[] => Array.from({ length: count }, (_, index) => [key, index]);

/** One transaction. The library's own writes lose the error of an aborted one, and with it the word that the quota is spent. */
function transact(db: UseStore, work: (files: IDBObjectStore) => void): Promise<void> {
  return db(
    'readwrite',
    (files) =>
      new Promise((resolve, reject) => {
        files.transaction.oncomplete = () => resolve();
        files.transaction.onabort = () => reject(files.transaction.error);
        work(files);
      }),
  );
}
