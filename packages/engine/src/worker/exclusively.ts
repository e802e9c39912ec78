/** A page that watches over its worker must not take waiting for a crash. */
const WAIT_TOLD_MS = 5_000;

/**
 * Does a piece of work while no other tab or worker of this origin does one of the same name; without Web Locks, at once.
 * The browser frees the name when the worker that holds it ends, however it ends.
 * @param onWait told if another holds the name, and again every few seconds while it does.
 */
export async function exclusively<T>(name: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  let release = await acquire(name, true);
  if (release === undefined) {
    onWait();
    const telling = setInterval(onWait, WAIT_TOLD_MS);
    release = await acquire(name, false);
    clearInterval(telling);
  }
  try {
    return await work();
  } finally {
    release?.();
  }
}

/** What frees the name again; undefined if it is taken and was to be had at once. Where locks are refused, nothing needs freeing. */
function acquire(name: string, ifAvailable: boolean): Promise<(() => void) | undefined> {
  const nothing = (): void => {};
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return Promise.resolve(nothing);
  return new Promise((resolve) => {
    const hold = async (lock: Lock | null): Promise<void> => {
      if (lock === null) resolve(undefined);
      else await new Promise<void>((release) => resolve(release));
    };
    // Refused, as storage is, where a person or a policy blocks site data.
    locks.request(`portcullis:${name}`, { ifAvailable }, hold).catch(() => resolve(nothing));
  });
}
