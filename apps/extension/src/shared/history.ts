import type { Alert } from '@portcullis/core';

/** Most alerts that are kept; the oldest give way. */
export const MAX_ALERTS = 200;
/** Most bytes of them, as JSON: the browser gives an extension 10 MB in all, and texts can be long. */
export const MAX_BYTES = 4_000_000;

/** Key in `chrome.storage.local`. */
const KEY = 'history';

/** The history with one more alert, newest first, within both bounds. */
export function withAlert(history: readonly Alert[], alert: Alert): readonly Alert[] {
  const kept: Alert[] = [];
  let bytes = 0;
  for (const each of [alert, ...history].slice(0, MAX_ALERTS)) {
    bytes += new TextEncoder().encode(JSON.stringify(each)).byteLength;
    if (bytes > MAX_BYTES) break;
    kept.push(each);
  }
  return kept;
}

/** Alerts, newest first. They were written by this extension, so they are what they seem. */
export async function readHistory(): Promise<readonly Alert[]> {
  const stored: unknown = (await chrome.storage.local.get(KEY))[KEY];
  return Array.isArray(stored) ? (stored as Alert[]) : [];
}

export async function writeHistory(history: readonly Alert[]): Promise<void> {
  await chrome.storage.local.set({ [KEY]: history });
}

export async function eraseHistory(): Promise<void> {
  await chrome.storage.local.remove(KEY);
}
