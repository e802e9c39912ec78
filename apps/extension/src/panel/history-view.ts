import type { Alert } from '@portcullis/core';
import { visible } from '@portcullis/element/excerpts';
import { eraseHistory, readHistory } from '../shared/history.ts';
import { element, made } from './element.ts';

/** Most characters of a kept text that are shown. */
const SHOWN = 200;

function row(alert: Alert): HTMLElement {
  const item = made('li', '');
  const time = made('time', `${new Date(alert.time).toLocaleString()} · ${alert.source ?? ''} · ${alert.role === 'assistant' ? 'an answer' : alert.action}`);
  time.dateTime = alert.time;
  const { content, sha256 } = alert.text;
  // Each piece with its own direction, and nothing in it that could reorder the line.
  item.append(time, made('div', alert.title), content === undefined ? made('code', sha256.slice(0, 16)) : made('q', visible(content.slice(0, SHOWN))));
  return item;
}

export async function showHistory(): Promise<void> {
  const history = await readHistory();
  element('history', 'ol').replaceChildren(...history.map(row));
  element('history-empty', 'p').hidden = history.length > 0;
  for (const id of ['erase', 'export']) element(id, 'button').hidden = history.length === 0;
}

/** Puts the history into a file of the person's: the alerts as they are kept, newest first. */
async function exportHistory(): Promise<void> {
  const json = JSON.stringify({ exported: new Date().toISOString(), alerts: await readHistory() }, null, 2);
  const link = made('a', '');
  link.href = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  link.download = `portcullis-history-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The download has begun by then, and needs it no more.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function listenToHistory(): void {
  element('erase', 'button').addEventListener('click', () => void eraseHistory());
  element('export', 'button').addEventListener('click', () => void exportHistory());
}
