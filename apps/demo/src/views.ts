import { element } from './dom.ts';

/** What can stand in the place of the chat. Its `main` has its name for an id, its button is `NAME-toggle`. */
export interface View {
  readonly name: 'agent' | 'gallery';
  /** Where the link that skips the header leads, and what it says. */
  readonly skip: { readonly href: string; readonly text: string };
  /** Called when it is first opened, to fetch its code and to draw it. */
  readonly start: () => Promise<void>;
}

/** Switches between the chat and the other views, one of which is shown at a time. Returns what shows the chat. */
export function switchViews(views: readonly View[]): () => void {
  const [chat, skip] = [element('chat', 'main'), element('skip', 'a')];
  const chatSkip = { href: '#composer', text: 'Skip to the composer' };
  const started = new Map<View, Promise<void>>();
  const show = (open: View | undefined): void => {
    chat.hidden = open !== undefined;
    for (const view of views) {
      element(view.name, 'main').hidden = view !== open;
      element(`${view.name}-toggle`, 'button').setAttribute('aria-pressed', String(view === open));
    }
    const { href, text } = open?.skip ?? chatSkip;
    skip.setAttribute('href', href);
    skip.textContent = text;
  };
  for (const view of views) {
    element(`${view.name}-toggle`, 'button').addEventListener('click', async () => {
      if (!started.has(view)) started.set(view, view.start());
      try {
        await started.get(view);
      } catch (error) {
        started.delete(view);
        throw error;
      }
      show(element(view.name, 'main').hidden ? view : undefined);
    });
  }
  return () => show(undefined);
}
