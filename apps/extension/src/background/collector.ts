import type { Alert } from '@portcullis/core';
import { otlpLogs } from './otlp.ts';

/** Alerts that wait for a collector which did not take them; the oldest give way. */
const MAX_WAITING = 200;
const LIMIT_MS = 10_000;
/** Key in `chrome.storage.local`. */
const KEY = 'unsent';

let tail: Promise<void> = Promise.resolve();

async function deliver(alert: Alert, collector: string): Promise<void> {
  const stored: unknown = (await chrome.storage.local.get(KEY))[KEY];
  const waiting = [...(Array.isArray(stored) ? (stored as Alert[]) : []), alert].slice(-MAX_WAITING);
  // Kept before it is sent: the browser may end this in the middle.
  await chrome.storage.local.set({ [KEY]: waiting });
  const response = await fetch(collector, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(otlpLogs(waiting, chrome.runtime.getManifest().version)),
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (response.ok) await chrome.storage.local.remove(KEY);
}

/** Sends an alert, and those that could not be sent before it. What fails is kept for the next one; no verdict waits for it. */
export function send(alert: Alert, collector: string): Promise<void> {
  tail = tail.then(() => deliver(alert, collector)).catch(() => {});
  return tail;
}
