import { alertOf, errorData, type PolicyInput, type Role } from '@portcullis/core';
import { policyInForce, readManaged } from '../shared/managed.ts';
import { type Answer, type PageMessage, pageMessage, panelMessage, type Setup, type ToPage } from '../shared/messages.ts';
import { eraseReport } from '../shared/report.ts';
import { changeSettings, readSettings, withComposer } from '../shared/settings.ts';
import { count } from './badge.ts';
import { checkPage } from './check-page.ts';
import { send } from './collector.ts';
import type { Engine } from './engine.ts';
import { record } from './record.ts';
import { syncSiteScripts } from './site-scripts.ts';

// Between the pages and the engine. Whatever it knows must be elsewhere, too: the browser ends it when it likes.

/** Listens to the pages and the popup, from the first turn of the background script on. */
export function startBackground(engine: Engine): void {
  // Settings and history are for this extension's own pages. A site's process, should it be taken over, has no business with them.
  // Firefox has no other level.
  void chrome.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });

  chrome.runtime.onInstalled.addListener(() => void syncSiteScripts());
  chrome.runtime.onStartup.addListener(() => void syncSiteScripts());
  chrome.permissions.onAdded.addListener(() => void syncSiteScripts());
  chrome.permissions.onRemoved.addListener(() => void syncSiteScripts());

  // What was found on a page is nothing to the next one in the same tab.
  chrome.tabs.onUpdated.addListener((tab, { status }) => void (status === 'loading' && eraseReport(tab)));
  chrome.tabs.onRemoved.addListener((tab) => void eraseReport(tab));

  chrome.runtime.onMessage.addListener((data: unknown, sender, respond) => {
    const asked = originOf(sender) === location.origin ? panelMessage(data) : undefined;
    if (asked !== undefined) {
      // The popup may be gone before the answer: the report is for whoever opens it next.
      checkPage(asked.tab, engine, policy).then(() => respond(null));
      return true;
    }
    const message = pageMessage(data);
    if (message === undefined) return false;
    answer(message, sender, engine).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'worker-crashed') } satisfies Answer));
    return true;
  });
}

const policy = async (): Promise<PolicyInput> => policyInForce(...(await Promise.all([readSettings(), readManaged()])));

/** Whose message it is. Older versions of Firefox tell the address only. */
const originOf = ({ origin, url }: chrome.runtime.MessageSender): string =>
  origin ?? (url !== undefined && URL.canParse(url) ? new URL(url).origin : 'unknown');

async function answer(message: PageMessage, sender: chrome.runtime.MessageSender, engine: Engine): Promise<Answer | Setup | null> {
  // Each page counts its own scans.
  const own = (id: string): string => `${sender.documentId ?? `${sender.tab?.id}.${sender.frameId}`}:${id}`;
  const origin = originOf(sender);
  const tab = sender.tab?.id;
  switch (message.type) {
    case 'scan':
      return scan({ ...message, id: own(message.id) }, { source: origin, role: 'user' }, tab, engine);
    case 'answer':
      await scan({ ...message, id: own(`answer ${message.id}`) }, { source: origin, role: 'assistant' }, tab, engine);
      return null;
    case 'abort':
      await engine.tell({ ...message, id: own(message.id), to: 'engine' });
      return null;
    case 'wake':
      await engine.wake({ ...message, to: 'engine', policy: await policy() });
      return null;
    case 'setup':
      return setupFor(origin);
    case 'pointed':
      await pointed(message.selector, origin, tab);
      return null;
  }
}

async function scan(
  { id, text }: { readonly id: string; readonly text: string },
  from: { readonly source: string; readonly role: Role },
  tab: number | undefined,
  engine: Engine,
): Promise<Answer> {
  const [settings, managed] = await Promise.all([readSettings(), readManaged()]);
  const scanned = await engine.ask({ to: 'engine', type: 'scan', id, text, ...from, policy: policyInForce(settings, managed) });
  if (!scanned.ok || scanned.verdict.decision === 'allow') return scanned;
  const context = { text, time: Date.now(), ...from };
  await record(alertOf(scanned.verdict, { ...context, include: settings.keepText ? 'full' : 'hash' }));
  await count(tab);
  if (managed.collector !== undefined) void send(alertOf(scanned.verdict, context), managed.collector);
  return scanned;
}

async function setupFor(origin: string): Promise<Setup> {
  const { composers, readAnswers } = await readSettings();
  return { composers: composers[origin] ?? [], answers: readAnswers };
}

/** Keeps what was pointed at. That ends the pointing in every frame of the tab: it began in all of them. */
async function pointed(selector: string | undefined, origin: string, tab: number | undefined): Promise<void> {
  if (selector !== undefined) await changeSettings((settings) => withComposer(settings, origin, selector));
  if (tab !== undefined) await chrome.tabs.sendMessage(tab, { to: 'page', type: 'renew' } satisfies ToPage);
}
