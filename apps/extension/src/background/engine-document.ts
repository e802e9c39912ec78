import { PortcullisError } from '@portcullis/core';
import { type EngineMessage, isAnswer } from '../shared/messages.ts';
import type { Engine } from './engine.ts';

const PATH = 'offscreen.html';

/** Counts the documents that this service worker has started, so that a failure is laid at the door of the one that failed. */
let generation = 0;
let starting: Promise<void> | undefined;

const isThere = async (): Promise<boolean> => (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length > 0;

async function start(): Promise<void> {
  if (await isThere()) return;
  generation += 1;
  await chrome.offscreen.createDocument({
    url: PATH,
    reasons: ['WORKERS'],
    justification: 'Runs the prompt guard’s models in a worker, which a service worker cannot start.',
  });
}

/** Has the engine's document there; one for all tabs. It survives this service worker. */
async function ensureDocument(): Promise<void> {
  starting ??= start().finally(() => {
    starting = undefined;
  });
  await starting;
}

/** A document that died has no answer at all. */
async function deliver(message: EngineMessage): Promise<unknown> {
  await ensureDocument();
  const answer: unknown = await chrome.runtime.sendMessage(message);
  if (answer === undefined) throw new PortcullisError('worker-crashed', 'The engine went away before it answered.');
  return answer;
}

async function deliverTwice(message: EngineMessage): Promise<unknown> {
  await ensureDocument();
  const asked = generation;
  try {
    return await deliver(message);
  } catch {
    // A crashed one may still be listed. Others may have replaced it meanwhile: then theirs is fresh enough.
    if (asked === generation) await chrome.offscreen.closeDocument().catch(() => {});
    return deliver(message);
  }
}

/** The engine in an offscreen document, where a browser's background has no document of its own. */
export const engineDocument: Engine = {
  async ask(message) {
    const answer = await deliverTwice(message);
    if (!isAnswer(answer)) throw new PortcullisError('worker-crashed', 'The engine has no answer to that.');
    return answer;
  },
  async wake(message) {
    await deliverTwice(message);
  },
  async tell(message) {
    if (await isThere()) await chrome.runtime.sendMessage(message).catch(() => {});
  },
};
