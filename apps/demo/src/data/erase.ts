/**
 * Erases all that this site keeps in the browser: chats, settings, models, the page for use offline. What runs on it must be closed before, or its
 * databases stay until it is. Rejects with what a part of it threw, after the others are gone.
 */
export async function eraseAll(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  const databases = await indexedDB.databases();
  const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  const kept = 'caches' in globalThis ? await caches.keys() : [];
  const done = await Promise.allSettled([
    ...databases.map(({ name }) => (name === undefined ? undefined : deleted(name))),
    ...kept.map((name) => caches.delete(name)),
    ...workers.map((worker) => worker.unregister()),
  ]);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    // Another tab holds it: the browser deletes it when that is closed.
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
