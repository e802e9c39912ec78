import { PortcullisError } from '@portcullis/core';
import { type Answer, type EngineMessage, isAnswer } from '../shared/messages.ts';
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

async function ask(message: EngineMessage): Promise<Answer> {
  await ensureDocument();
  const answer: unknown = await chrome.runtime.sendMessage(message);
  if (!isAnswer(answer)) throw new PortcullisError('worker-crashed', 'The engine went away before it answered.');
  return answer;
}

async function askTwice(message: EngineMessage): Promise<Answer> {
  await ensureDocument();
  const asked = generation;
  try {
    return await ask(message);
  } catch {
    // A crashed one may still be listed. Others may have replaced it meanwhile: then theirs is fresh enough.
    if (asked === generation) await chrome.offscreen.closeDocument().catch(() => {});
    return ask(message);
  }
}

async function tell(message: EngineMessage): Promise<void> {
  if (await isThere()) await chrome.runtime.sendMessage(message).catch(() => {});
}

async function wake(message: EngineMessage): Promise<void> {
  await ensureDocument();
  await tell(message);
}

/** The engine in an offscreen document, where a browser's background has no document of its own. */
export const engineDocument: Engine = { ask: askTwice, tell, wake };
