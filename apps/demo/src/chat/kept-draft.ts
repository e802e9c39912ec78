import type { Store } from '../settings/settings.ts';

const KEY = 'portcullis.draft';

/** Keeps what was written and not sent, over one reload. Where the store is full, it goes with the page. */
export function keepDraft(session: Store, text: string): void {
  try {
    session.setItem(KEY, text);
  } catch {
    session.removeItem(KEY);
  }
}

/** What was kept, once. */
export function takeDraft(session: Store): string {
  const text = session.getItem(KEY) ?? '';
  session.removeItem(KEY);
  return text;
}
