import { errorData } from '@portcullis/core';
import { type Answer, type PageMessage, pageMessage, type ScanMessage } from '../shared/messages.ts';
import { readSettings } from '../shared/settings.ts';
import { askEngine, tellEngine, wakeEngine } from './engine-document.ts';
import { record } from './record.ts';
import { syncSiteScripts } from './site-scripts.ts';

// Between the pages and the engine. Whatever it knows must be elsewhere, too: the browser ends it when it likes.

// Settings and history are for this extension's own pages. A site's process, should it be taken over, has no business with them.
void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });

chrome.runtime.onInstalled.addListener(() => void syncSiteScripts());
chrome.runtime.onStartup.addListener(() => void syncSiteScripts());
chrome.permissions.onAdded.addListener(() => void syncSiteScripts());
chrome.permissions.onRemoved.addListener(() => void syncSiteScripts());

chrome.runtime.onMessage.addListener((data: unknown, sender, respond) => {
  const message = pageMessage(data);
  if (message === undefined) return false;
  answer(message, sender).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'worker-crashed') } satisfies Answer));
  return true;
});

async function answer(message: PageMessage, sender: chrome.runtime.MessageSender): Promise<Answer | null> {
  // Each page counts its own scans.
  const own = (id: string): string => `${sender.documentId ?? ''}:${id}`;
  switch (message.type) {
    case 'scan':
      return scan({ ...message, id: own(message.id) }, sender.origin ?? 'unknown');
    case 'abort':
      await tellEngine({ ...message, id: own(message.id), to: 'engine' });
      return null;
    case 'wake':
      await wakeEngine({ ...message, to: 'engine', preset: (await readSettings()).preset });
      return null;
  }
}

async function scan(message: ScanMessage, source: string): Promise<Answer> {
  const settings = await readSettings();
  const scanned = await askEngine({ ...message, to: 'engine', source, preset: settings.preset });
  if (scanned.ok) await record(scanned.verdict, message.text, source, settings);
  return scanned;
}
