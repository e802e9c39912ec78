import { PortcullisError } from '@portcullis/core';
import { type Remote, wrap } from 'comlink';
import type { HubInfo } from '../shared/hub-protocol.ts';
import type { Outcome } from '../shared/protocol.ts';
import { abortable } from './abortable.ts';
import { askToPersist } from './ask-to-persist.ts';
import { createQuestions } from './questions.ts';

/** A worker that one object of the page has to itself. */
export interface OwnWorker<Api> {
  /**
   * Its answer to a question, which it hears when those before are answered: sessions must not overlap.
   * @throws the signal's reason, what the worker answers with, or `PortcullisError`: `worker-crashed`, `closed`.
   */
  ask<T>(question: (remote: Remote<Api>) => Promise<Outcome<T>>, signal: AbortSignal | undefined): Promise<T>;
  /** As `ask`, of what it must load first: it ends where that fails. The browser is asked to keep what came. */
  start<T extends HubInfo>(question: (remote: Remote<Api>) => Promise<Outcome<T>>, signal: AbortSignal | undefined): Promise<T>;
  /** Ends it; what is under way rejects with `closed`. */
  close(): void;
}

/** @param what As the error of what is closed calls it. */
export function ownWorker<Api>(worker: Worker, what: string): OwnWorker<Api> {
  const remote = wrap<Api>(worker);
  const questions = createQuestions();
  const end = (error: PortcullisError): void => {
    if (questions.end(error)) worker.terminate();
  };
  worker.addEventListener('error', (event) => end(new PortcullisError('worker-crashed', event.message || 'the worker could not be started')));
  worker.addEventListener('messageerror', () => end(new PortcullisError('worker-crashed', 'a message could not be read')));

  let tail: Promise<unknown> = Promise.resolve();
  const own: OwnWorker<Api> = {
    ask(question, signal) {
      const answer = tail.then(() => {
        signal?.throwIfAborted();
        return questions.ask(() => question(remote));
      });
      tail = answer.catch(() => {});
      return abortable(answer, signal);
    },
    async start(question, signal) {
      const info = await own.ask(question, signal).catch((error: unknown) => {
        own.close();
        throw error;
      });
      if (info.persistent && info.downloadedBytes > 0) void askToPersist();
      return info;
    },
    close: () => end(new PortcullisError('closed', `${what} is closed`)),
  };
  return own;
}

/** A folder's URL, absolute and with a slash at its end, of one that is absolute or from the page. */
export function folderAt(url: string): string {
  const base = new URL(url, document.baseURI);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base.href;
}

/** @throws {PortcullisError} `input-invalid` for what is no text. */
export function checkTexts(texts: readonly unknown[]): asserts texts is readonly string[] {
  for (const text of texts) if (typeof text !== 'string') throw new PortcullisError('input-invalid', `a text must be a string, not ${typeof text}`);
}
