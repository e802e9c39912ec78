import type { Store } from './settings.ts';

/** Remembers for as long as the page lives. */
function inMemory(): Store {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** The browser's storage, or the page's memory where the browser blocks site data: there the mere property throws. */
export function storageOr(get: () => Store): Store {
  try {
    return get();
  } catch {
    return inMemory();
  }
}
