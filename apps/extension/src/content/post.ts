import { errorFrom, PortcullisError } from '@portcullis/core';
import { isAnswer, type PageMessage } from '../shared/messages.ts';

/** Says something to the service worker. The way there is gone for good once the extension was updated or switched off under the page. */
export async function post(message: PageMessage): Promise<unknown> {
  if (chrome.runtime?.id === undefined) throw new PortcullisError('closed', 'The extension was updated or switched off: reload this page.');
  return chrome.runtime.sendMessage(message);
}

/**
 * Has the engine there, with its models on the way.
 * @throws {PortcullisError} that says why it is not.
 */
export async function wake(): Promise<void> {
  const answer = await post({ type: 'wake' });
  if (isAnswer(answer) && !answer.ok) throw errorFrom(answer.error);
  if (answer !== null) throw new PortcullisError('worker-crashed', 'The guard went away before it answered.');
}
