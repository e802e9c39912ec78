import { errorData } from '@portcullis/core';
import type { Verdict } from '@portcullis/guard';
import { LINE, type LineAnswer, lineMessage } from '../shared/line.ts';
import { type Answer, type Found, originOf } from '../shared/messages.ts';
import { readForPage } from './engine.ts';

/**
 * Reads what pages ask about, each over its own port, which ends what it began.
 * @param onFound told of what a page could not send. A text that nobody tried to send is told to nobody, whatever its verdict.
 * @param readText gives the verdict.
 */
export function servePages(onFound: (found: Found) => void, readText: typeof readForPage = readForPage): void {
  chrome.runtime.onConnect.addListener((port) => {
    if (port.name !== LINE || port.sender === undefined) return;
    const source = originOf(port.sender);
    const tab = port.sender.tab?.id;
    const reading = new Map<string, AbortController>();
    /** A page's word for it does not count: what goes into the history was judged here. */
    let last: { readonly text: string; readonly verdict: Verdict } | undefined;

    const read = async (id: string, text: string): Promise<void> => {
      const own = new AbortController();
      reading.set(id, own);
      let answer: Answer;
      try {
        const verdict = await readText(text, source, own.signal);
        last = { text, verdict };
        answer = { ok: true, verdict };
      } catch (error) {
        answer = { ok: false, error: errorData(error, 'closed') };
      }
      reading.delete(id);
      // Nobody waits for what was ended, and the port may be gone.
      if (!own.signal.aborted) port.postMessage({ id, answer } satisfies LineAnswer);
    };

    port.onMessage.addListener((data: unknown) => {
      const message = lineMessage(data);
      if (message?.type === 'read') void read(message.id, message.text);
      if (message?.type === 'abort') reading.get(message.id)?.abort();
      if (message?.type !== 'held' || last?.text !== message.text || last.verdict.decision === 'allow') return;
      onFound({ ...last, source, role: 'user', tab });
      last = undefined;
    });
    port.onDisconnect.addListener(() => {
      for (const own of reading.values()) own.abort();
    });
  });
}
