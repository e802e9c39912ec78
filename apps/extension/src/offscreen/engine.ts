import { errorFrom } from '@portcullis/core';
import { createGuard, type ErrorData, type Guard, type PolicyInput, type Verdict } from '@portcullis/guard';
import type { Answer, EngineMessage } from '../shared/messages.ts';

/** Guards by their policy, as JSON. They share one worker and one set of models. */
const guards = new Map<string, Guard>();

type InForce = { readonly policy: PolicyInput } | { readonly error: ErrorData };
/** What pages send is read under this. Nobody but the background says it. */
let inForce: InForce | undefined;
let onTold = (): void => {};
const told = new Promise<void>((resolve) => {
  onTold = resolve;
});

function guardFor(policy: PolicyInput): Guard {
  const key = JSON.stringify(policy);
  const guard = guards.get(key) ?? createGuard({ bundle: chrome.runtime.getURL(__BUNDLE_PATH__), policy });
  guards.set(key, guard);
  return guard;
}

/**
 * The verdict on what a person is about to send from a page.
 * @throws {PortcullisError} `policy-invalid` while the organisation's settings cannot be read.
 */
export async function readForPage(text: string, source: string, signal: AbortSignal): Promise<Verdict> {
  while (inForce === undefined) await told;
  if ('error' in inForce) throw errorFrom(inForce.error);
  return guardFor(inForce.policy).scan(text, { source, role: 'user', signal });
}

/** The answer of the engine in this document to the background; null where there is nothing to say. */
export async function answerEngine(message: EngineMessage): Promise<Answer | null> {
  if (message.type === 'scan') {
    const { text, source, role, policy } = message;
    return { ok: true, verdict: await guardFor(policy).scan(text, { source, role }) };
  }
  inForce = message;
  onTold();
  // The models take a moment to load.
  if ('policy' in message) guardFor(message.policy);
  return null;
}
