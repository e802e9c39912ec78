import { alertOf } from '@portcullis/core';
import type { Verdict } from '@portcullis/guard';
import { readHistory, withAlert, writeHistory } from '../shared/history.ts';
import type { Settings } from '../shared/settings.ts';

let tail: Promise<void> = Promise.resolve();

/** Adds what was held back to the history on this device, one after the other. A full disk must not cost a verdict: nothing is thrown. */
export function record(verdict: Verdict, text: string, source: string, { keepText }: Settings): Promise<void> {
  if (verdict.decision === 'allow') return Promise.resolve();
  const add = async (): Promise<void> => {
    const alert = alertOf(verdict, { text, time: Date.now(), role: 'user', source, include: keepText ? 'full' : 'hash' });
    await writeHistory(withAlert(await readHistory(), alert));
  };
  tail = tail.then(add).catch(() => {});
  return tail;
}
