import type { Alert } from '@portcullis/core';
import { visible } from '@portcullis/element/excerpts';
import { eraseHistory, readHistory } from '../shared/history.ts';
import { element, made } from './element.ts';

/** Most characters of a kept text that are shown. */
const SHOWN = 200;

function row(alert: Alert): HTMLElement {
  const item = made('li', '');
  const time = made('time', `${new Date(alert.time).toLocaleString()} · ${alert.source ?? ''} · ${alert.action}`);
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
  element('erase', 'button').hidden = history.length === 0;
}

export function listenToErase(): void {
  element('erase', 'button').addEventListener('click', () => void eraseHistory());
  chrome.storage.local.onChanged.addListener(() => void showHistory());
}
