import { errorData, type PolicyInput } from '@portcullis/core';
import { draftsRead, policyInForce, readManaged } from '../shared/managed.ts';
import { type Answer, isFoundMessage, originOf, type PageMessage, type PolicyMessage, pageMessage, panelMessage, type Setup } from '../shared/messages.ts';
import { eraseReport } from '../shared/report.ts';
import { areSettings, changeSettings, readSettings, withComposer } from '../shared/settings.ts';
import { checkPage } from './check-page.ts';
import type { Engine } from './engine.ts';
import { keep } from './keep.ts';
import { renew } from './renew.ts';
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

  let tail: Promise<unknown> = Promise.resolve();
  // One after the other: what is told last is what was set last.
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== 'managed' && !areSettings(changes, area)) return;
    tail = tail
      .then(async () => engine.tell(await policyMessage()))
      .then(() => renew())
      .catch(() => {});
  });

  chrome.runtime.onMessage.addListener((data: unknown, sender, respond) => {
    const asked = originOf(sender) === location.origin ? panelMessage(data) : undefined;
    if (asked !== undefined) {
      // The popup may be gone before the answer: the report is for whoever opens it next.
      checkPage(asked.tab, engine, policy).then(() => respond(null));
      return true;
    }
    if (isFoundMessage(data) && sender.tab === undefined) {
      keep(data.found).finally(() => respond(null));
      return true;
    }
    const message = pageMessage(data);
    if (message === undefined) return false;
    answer(message, sender, engine).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'worker-crashed') } satisfies Answer));
    return true;
  });
}

const policy = async (): Promise<PolicyInput> => policyInForce(...(await Promise.all([readSettings(), readManaged()])));

/** A policy that cannot be read is told as such: then the engine reads nothing, and nothing is sent. */
const policyMessage = (): Promise<PolicyMessage> =>
  policy().then(
    (inForce) => ({ to: 'engine', type: 'policy', policy: inForce }),
    (error: unknown) => ({ to: 'engine', type: 'policy', error: errorData(error, 'policy-invalid') }),
  );

async function answer(message: PageMessage, sender: chrome.runtime.MessageSender, engine: Engine): Promise<Setup | null> {
  const origin = originOf(sender);
  const tab = sender.tab?.id;
  switch (message.type) {
    case 'answer':
      await readAnswer(message.text, origin, tab, engine);
      return null;
    case 'wake':
      await engine.wake(await policyMessage());
      return null;
    case 'setup':
      return setupFor(origin);
    case 'pointed':
      await pointed(message.selector, origin, tab);
      return null;
  }
}

async function readAnswer(text: string, source: string, tab: number | undefined, engine: Engine): Promise<void> {
  const scanned = await engine.ask({ to: 'engine', type: 'scan', text, source, role: 'assistant', policy: await policy() });
  if (scanned.ok && scanned.verdict.decision !== 'allow') await keep({ text, verdict: scanned.verdict, source, role: 'assistant', tab });
}

async function setupFor(origin: string): Promise<Setup> {
  const settings = await readSettings();
  // Under settings that cannot be read nothing is sent, hence nothing need be read.
  const drafts = await readManaged().then(
    (managed) => draftsRead(settings, managed),
    () => false,
  );
  return { composers: settings.composers[origin] ?? [], answers: settings.readAnswers, drafts };
}

/** Keeps what was pointed at. That ends the pointing in every frame of the tab: it began in all of them. */
async function pointed(selector: string | undefined, origin: string, tab: number | undefined): Promise<void> {
  if (selector !== undefined) await changeSettings((settings) => withComposer(settings, origin, selector));
  if (tab !== undefined) await renew(tab);
}
