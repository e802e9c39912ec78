import { createGuard, errorData, type Guard, type Verdict } from '@portcullis/guard';
import { type Answer, type EngineMessage, isEngineMessage } from '../shared/messages.ts';
import type { Preset } from '../shared/settings.ts';

// The engine for all tabs. Service workers cannot start workers; this document can, and is cross-origin isolated, so that the engine has threads.

/** Guards by their policy's preset. They share one worker and one set of models. */
const guards = new Map<Preset, Guard>();
/** Scans under way. One that is asked for again, because the messenger died, is joined and not begun anew. */
const scanning = new Map<string, { readonly verdict: Promise<Verdict>; abort(): void }>();

function guardFor(preset: Preset): Guard {
  const guard = guards.get(preset) ?? createGuard({ bundle: chrome.runtime.getURL(__BUNDLE_PATH__), policy: { preset } });
  guards.set(preset, guard);
  return guard;
}

function scan({ id, text, source, preset }: EngineMessage & { type: 'scan' }): Promise<Verdict> {
  const under = scanning.get(id);
  if (under !== undefined) return under.verdict;
  const own = new AbortController();
  const verdict = guardFor(preset)
    .scan(text, { source, role: 'user', signal: own.signal })
    .finally(() => scanning.delete(id));
  scanning.set(id, { verdict, abort: () => own.abort() });
  return verdict;
}

async function answer(message: EngineMessage): Promise<Answer | null> {
  switch (message.type) {
    case 'wake':
      guardFor(message.preset);
      return null;
    case 'abort':
      scanning.get(message.id)?.abort();
      return null;
    case 'scan':
      return { ok: true, verdict: await scan(message) };
  }
}

chrome.runtime.onMessage.addListener((message: unknown, sender, respond) => {
  // From the service worker only: a tab's messages have no business here.
  if (!isEngineMessage(message) || sender.tab !== undefined) return false;
  answer(message).then(respond, (error: unknown) => respond({ ok: false, error: errorData(error, 'closed') } satisfies Answer));
  return true;
});
