import type { Store } from '../settings/settings.ts';
import type { Message } from '../state.ts';

/** The thread of this tab, and the id under which the guard knows its conversation. */
export interface KeptThread {
  readonly id: string;
  readonly messages: readonly Message[];
}

const KEY = 'portcullis.thread';

/** What the tab kept over a reload; a new thread where that is nothing, or nothing that can be read. */
export function readThread(session: Store): KeptThread {
  try {
    const kept = JSON.parse(session.getItem(KEY) ?? '') as KeptThread;
    if (typeof kept.id === 'string' && Array.isArray(kept.messages)) return kept;
  } catch {
    // Falls to a new one.
  }
  return { id: crypto.randomUUID(), messages: [] };
}

/** Keeps a thread until its tab is closed: without what is still on its way. Where the store is full, the thread goes with the page. */
export function keepThread(session: Store, { id, messages }: KeptThread): void {
  try {
    session.setItem(KEY, JSON.stringify({ id, messages: messages.filter(({ kind }) => kind !== 'waiting' && kind !== 'failed') }));
  } catch {
    session.removeItem(KEY);
  }
}
