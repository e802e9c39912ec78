import { errorFrom, PortcullisError } from '@portcullis/core';
import type { Verdict } from '@portcullis/guard';
import type { AbortMessage, ReadMessage } from '../shared/line.ts';
import { type Answer, isAnswer } from '../shared/messages.ts';

/** Longest wait for a verdict. The engine has watchdogs of its own, which are quicker; this one is for what nothing else notices. */
const LIMIT_MS = 240_000;

/** How a question goes out and its answer comes back; rejects, or gives undefined, where the other side dies over it. */
export type Send = (message: ReadMessage | AbortMessage) => Promise<unknown>;

let count = 0;

/**
 * The guard's verdict on a text. An engine that dies over it is asked once more, which starts a fresh one. Always settles.
 * @throws {PortcullisError} that says why there is no verdict.
 * @throws the signal's reason when it fires.
 */
export async function askGuard(text: string, signal: AbortSignal, send: Send, limitMs = LIMIT_MS): Promise<Verdict> {
  const id = String(++count);
  const ask = async (): Promise<Answer> => {
    const answer = await send({ type: 'read', id, text });
    if (!isAnswer(answer)) throw new PortcullisError('worker-crashed', 'The guard went away before it answered.');
    return answer;
  };
  const askTwice = async (): Promise<Answer> => {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof PortcullisError && error.code === 'closed') throw error;
      signal.throwIfAborted();
      return ask();
    }
  };
  const answer = await settled(askTwice(), signal, limitMs).catch((error: unknown) => {
    // Nobody waits any more: the engine need not finish.
    if (signal.aborted) send({ type: 'abort', id }).catch(() => {});
    throw error;
  });
  if (!answer.ok) throw errorFrom(answer.error);
  return answer.verdict;
}

/** The promise, or the signal's reason, or an error when the time is up. */
function settled<T>(promise: Promise<T>, signal: AbortSignal, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => reject(new PortcullisError('worker-crashed', 'The guard did not answer in time.')), limitMs);
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
  });
}
