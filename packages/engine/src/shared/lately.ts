/** What was asked for lately. */
export interface Lately<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

/**
 * Keeps values by their keys: the last `most` / 2 that were set or got at least, and never more than `most`. What is full is not emptied at
 * once: half of it would be wanted again, and memory would go up and down.
 */
export function lately<T>(most: number): Lately<T> {
  let recent = new Map<string, T>();
  let before = new Map<string, T>();
  const set = (key: string, value: T): void => {
    recent.set(key, value);
    if (recent.size < most / 2) return;
    before = recent;
    recent = new Map();
  };
  return {
    set,
    get(key) {
      const known = recent.get(key);
      if (known !== undefined) return known;
      const older = before.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
  };
}
