import { createGuard, type Guard, type PolicyInput, type Verdict } from '@portcullis/guard';
import type { Answer, EngineMessage } from '../shared/messages.ts';

/** Guards by their policy, as JSON. They share one worker and one set of models. */
const guards = new Map<string, Guard>();
/** Scans under way. One that is asked for again, because the messenger died, is joined and not begun anew. */
const scanning = new Map<string, { readonly verdict: Promise<Verdict>; abort(): void }>();

function guardFor(policy: PolicyInput): Guard {
  const key = JSON.stringify(policy);
  const guard = guards.get(key) ?? createGuard({ bundle: chrome.runtime.getURL(__BUNDLE_PATH__), policy });
  guards.set(key, guard);
  return guard;
}

function scan({ id, text, source, role, policy }: EngineMessage & { type: 'scan' }): Promise<Verdict> {
  const under = scanning.get(id);
  if (under !== undefined) return under.verdict;
  const own = new AbortController();
  const verdict = guardFor(policy)
    .scan(text, { source, role, signal: own.signal })
    .finally(() => scanning.delete(id));
  scanning.set(id, { verdict, abort: () => own.abort() });
  return verdict;
}

/** The answer of the engine in this document; null where there is nothing to say. */
export async function answerEngine(message: EngineMessage): Promise<Answer | null> {
  switch (message.type) {
    case 'wake':
      guardFor(message.policy);
      return null;
    case 'abort':
      scanning.get(message.id)?.abort();
      return null;
    case 'scan':
      return { ok: true, verdict: await scan(message) };
  }
}
