import { LINE } from '../shared/line.ts';
import { isSetup, isToPage, type Setup } from '../shared/messages.ts';
import { siteAt } from '../shared/sites.ts';
import { watchAnswers } from './answers.ts';
import { askGuard } from './ask-guard.ts';
import { alsoGuard } from './composer.ts';
import { queryAll } from './dom.ts';
import { createGatekeeper } from './gatekeeper.ts';
import { interceptSends } from './interceptor.ts';
import { createLine } from './line.ts';
import { createPointer } from './pointer.ts';
import { post, wake } from './post.ts';
import { createStrip } from './strip.ts';

const ASK_AGAIN_MS = 2000;

/** Guards this page's composers for as long as it is there. */
export function guardPage(): void {
  // What another one drew, which an update has taken away, says nothing any more.
  for (const left of queryAll(document, '[data-portcullis]')) left.remove();

  const pointer = createPointer((selector) => void post({ type: 'pointed', ...(selector !== undefined && { selector }) }).catch(() => {}));

  /** A verdict counts no longer than the engine that gave it can be reached. */
  const line = createLine({
    wake,
    connect() {
      const port = chrome.runtime.connect({ name: LINE });
      // A broken line is no error of the page's.
      port.onDisconnect.addListener(() => void chrome.runtime?.lastError);
      return port;
    },
    onEnd: () => gatekeeper.forget(),
  });
  const mutations = new MutationObserver(() => gatekeeper.onMutation());
  const strip = createStrip({ sendAnyway: () => gatekeeper.sendAnyway(), retry: () => gatekeeper.retry() });
  const gatekeeper = createGatekeeper({
    async ask(text, signal) {
      // A script can try to send a thousand texts in one go: the last one is asked about.
      await null;
      signal.throwIfAborted();
      return askGuard(text, signal, line.send);
    },
    onFound: (text) => void line.send({ type: 'held', text }).catch(() => {}),
    show(gate, composer) {
      strip.show(gate, composer);
      mutations.disconnect();
      if (composer !== undefined && gate.name !== 'ready') mutations.observe(composer, { subtree: true, childList: true, characterData: true });
    },
    release: (attempt) => letPass(attempt),
  });
  const site = siteAt(location.origin);
  let draftsRead = false;
  const letPass = interceptSends(site, {
    ...gatekeeper,
    onWriting: (read, soon) => draftsRead && gatekeeper.onWriting(read, soon),
    // The models take a moment to load: they may as well do so while somebody writes.
    onFocus: () => void line.open().catch(() => {}),
  });

  let watching = false;
  function goBy({ composers, answers, drafts }: Setup): void {
    alsoGuard(composers);
    draftsRead = drafts;
    if (!answers || watching) return;
    watching = true;
    watchAnswers(site, (text) => void post({ type: 'answer', text }).catch(() => {}));
  }
  /** Without an answer, what was pointed at would not be guarded: it is asked for until there is one. */
  function askSetup(): void {
    post({ type: 'setup' })
      .then((setup) => {
        if (!isSetup(setup)) throw new Error('no setup');
        goBy(setup);
      })
      .catch(() => chrome.runtime?.id !== undefined && setTimeout(askSetup, ASK_AGAIN_MS));
  }

  chrome.runtime.onMessage.addListener((message: unknown) => {
    if (!isToPage(message)) return;
    if (message.type === 'point') pointer.begin();
    else {
      pointer.end();
      // What else was chosen may be another policy.
      gatekeeper.forget();
      askSetup();
    }
  });
  askSetup();
}
