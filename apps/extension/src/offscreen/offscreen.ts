import { createGuard, errorData, type Guard } from '@portcullis/guard';
import { type Answer, type EngineMessage, isEngineMessage } from '../shared/messages.ts';
import type { Preset } from '../shared/settings.ts';

// The engine for all tabs. Service workers cannot start workers; this document can, and is cross-origin isolated, so that the engine has threads.

/** Guards by their policy's preset. They share one worker and one set of models. */
const guards = new Map<Preset, Guard>();
const scanning = new Map<string, AbortController>();

function guardFor(preset: Preset): Guard {
  const guard = guards.get(preset) ?? createGuard({ bundle: chrome.runtime.getURL(__BUNDLE_PATH__), policy: { preset } });
  guards.set(preset, guard);
  return guard;
}

async function answer(message: EngineMessage): Promise<Answer | null> {
  switch (message.type) {
    case 'wake':
      guardFor(message.preset);
      return null;
    case 'abort':
      scanning.get(message.id)?.abort();
      return null;
    case 'scan': {
      const { id, text, source, preset } = message;
      const own = new AbortController();
      scanning.set(id, own);
      const verdict = await guardFor(preset)
        .scan(text, { source, role: 'user', signal: own.signal })
        .finally(() => scanning.get(id) === own && scanning.delete(id));
      return { ok: true, verdict };
    }
  }
}

chrome.runtime.onMessage.addListener((message: unknown, sender, respond) => {
  // From the service worker only: a tab's messages have no business here.
  if (!isEngineMessage(message) || sender.tab !== undefined) return false;
  answer(message).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'closed') } satisfies Answer));
  return true;
});
