import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { openReady } from './page.ts';

// The engine's own database, opened as a fault would: from the page, behind the engine's back.

/** Opens the demo and waits until all that a page loads is kept: what turns take is fetched when the guard already runs. */
export async function openKept(page: Page, path?: string): Promise<void> {
  await openReady(page, path);
  const { artifacts, trajectory } = JSON.parse(readFileSync('models/bundle/manifest.json', 'utf8'));
  await expect.poll(() => isWhole(page, `sha256:${artifacts[trajectory.artifact].sha256}`)).toBe(true);
}

/** Whether a file is stored whole. */
function isWhole(page: Page, key: string): Promise<boolean> {
  return page.evaluate(async (file) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('portcullis');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const reading: IDBRequest<{ whole: boolean } | undefined> = db.transaction('artifacts').objectStore('artifacts').get(file);
    const whole = await new Promise<boolean>((resolve, reject) => {
      reading.onsuccess = () => resolve(reading.result?.whole ?? false);
      reading.onerror = () => reject(reading.error);
    });
    db.close();
    return whole;
  }, key);
}

/** What is stored of this device's backends, measured or lost; null as long as nothing is. */
export function measuredOn(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('portcullis');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    // Its bytes are the one piece of a file.
    const reading: IDBRequest<Uint8Array[]> = db
      .transaction('artifacts')
      .objectStore('artifacts')
      .getAll(IDBKeyRange.bound(['measured:', 0], ['measured;', 0]));
    const pieces = await new Promise<Uint8Array[]>((resolve, reject) => {
      reading.onsuccess = () => resolve(reading.result);
      reading.onerror = () => reject(reading.error);
    });
    db.close();
    return pieces[0] ? JSON.parse(new TextDecoder().decode(pieces[0])) : null;
  });
}

/** How many pieces of a file are stored. */
export function piecesOf(page: Page, key: string): Promise<number> {
  return page.evaluate(async (file) => {
    const known = (await indexedDB.databases()).some(({ name }) => name === 'portcullis');
    if (!known) return 0;
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('portcullis');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const counting = db
      .transaction('artifacts')
      .objectStore('artifacts')
      .count(IDBKeyRange.bound([file, 0], [file, Number.POSITIVE_INFINITY]));
    const count = await new Promise<number>((resolve) => {
      counting.onsuccess = () => resolve(counting.result);
    });
    db.close();
    return count;
  }, key);
}

/** Turns one bit in a piece of a stored file. */
export function flipByte(page: Page, key: string, piece: number): Promise<void> {
  return page.evaluate(
    async (at) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('portcullis');
        opening.onsuccess = () => resolve(opening.result);
      });
      const transaction = db.transaction('artifacts', 'readwrite');
      const files = transaction.objectStore('artifacts');
      const reading: IDBRequest<Uint8Array> = files.get(at);
      reading.onsuccess = () => {
        const bytes = reading.result;
        const middle = bytes.byteLength >> 1;
        bytes[middle] = (bytes[middle] ?? 0) ^ 1;
        files.put(bytes, at);
      };
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      db.close();
    },
    [key, piece],
  );
}

/** Stores a file of so many pieces of 2 MB that was used ten days ago. */
export function putOldBundle(page: Page, key: string, pieces: number): Promise<void> {
  return page.evaluate(
    async ([file, count]) => {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('portcullis');
        opening.onupgradeneeded = () => opening.result.createObjectStore('artifacts');
        opening.onsuccess = () => resolve(opening.result);
      });
      const transaction = db.transaction('artifacts', 'readwrite');
      const files = transaction.objectStore('artifacts');
      // Bytes that do not compress: the quota counts what lies on the disk.
      const piece = new Uint8Array(2_000_000);
      for (let at = 0; at < piece.length; at += 50_000) crypto.getRandomValues(piece.subarray(at, at + 50_000));
      for (let index = 0; index < count; index += 1) files.put(piece, [file, index]);
      files.put({ pieces: count, whole: true, validator: undefined }, file);
      files.put({ [file]: Date.now() - 10 * 24 * 60 * 60 * 1000 }, 'used');
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
      db.close();
    },
    [key, pieces] as const,
  );
}
