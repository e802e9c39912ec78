import { createStore, del, get, set, type UseStore } from 'idb-keyval';

/** Where downloaded bytes live between visits. A store that fails forgets; it never throws. */
export interface ArtifactStore {
  readonly persistent: boolean;
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, bytes: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
}

/** Keeps nothing: where IndexedDB is refused, everything is loaded anew. */
const forgetful: ArtifactStore = { persistent: false, get: async () => undefined, set: async () => {}, delete: async () => {} };

/**
 * Opens the IndexedDB store, or one that keeps nothing where the browser refuses it (private windows, policies, no space).
 * Keys: `sha256:<hex>` for artifacts, `manifest:<url>`, `runtime:<url>`.
 */
export async function openStore(): Promise<ArtifactStore> {
  let store: UseStore;
  try {
    store = createStore('portcullis', 'artifacts');
    await get('probe', store);
  } catch {
    return forgetful;
  }
  return {
    persistent: true,
    // Reading may fail later, too (evicted, corrupted on disk): then the network answers.
    get: (key) => get<Uint8Array>(key, store).catch(() => undefined),
    // Without space the models run from memory; the next visit downloads again.
    set: (key, bytes) => set(key, bytes, store).catch(() => {}),
    delete: (key) => del(key, store).catch(() => {}),
  };
}
