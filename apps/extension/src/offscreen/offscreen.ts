import { errorData } from '@portcullis/core';
import { type Answer, type FoundMessage, isEngineMessage } from '../shared/messages.ts';
import { answerEngine } from './engine.ts';
import { servePages } from './serve-pages.ts';

// The engine for all tabs. Service workers cannot start workers; this document can, and is cross-origin isolated, so that the engine has threads.

chrome.runtime.onMessage.addListener((message: unknown, sender, respond) => {
  // From the service worker only: a tab's messages have no business here.
  if (!isEngineMessage(message) || sender.tab !== undefined) return false;
  answerEngine(message).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'closed') } satisfies Answer));
  return true;
});

// The history is the service worker's: this document has no storage. No verdict waits for it.
servePages((found) => void chrome.runtime.sendMessage({ to: 'background', found } satisfies FoundMessage).catch(() => {}));
