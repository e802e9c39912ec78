import type { ToPage } from '../shared/messages.ts';

const MESSAGE: ToPage = { to: 'page', type: 'renew' };

/** Has a tab's frames, or those of all tabs, ask again what the person chose. Most tabs have nobody who listens. */
export async function renew(only?: number): Promise<void> {
  const tabs = only === undefined ? (await chrome.tabs.query({})).flatMap(({ id }) => id ?? []) : [only];
  await Promise.allSettled(tabs.map((tab) => chrome.tabs.sendMessage(tab, MESSAGE)));
}
