import type { Alert } from '@portcullis/core';
import { readHistory, withAlert, writeHistory } from '../shared/history.ts';

let tail: Promise<void> = Promise.resolve();

/** Adds an alert to the history on this device, one after the other. A full disk must not cost a verdict: nothing is thrown. */
export function record(alert: Alert): Promise<void> {
  tail = tail.then(async () => writeHistory(withAlert(await readHistory(), alert))).catch(() => {});
  return tail;
}
