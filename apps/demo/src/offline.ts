import { registerSW } from 'virtual:pwa-register';
import { html, render } from 'lit';
import { element } from './dom.ts';

/**
 * Keeps the page itself for use without a network. Failure costs only that, so it is not shown. A newer version waits beside the open tabs, which
 * stay whole as they are, until a person takes it in one of them: then all reload, so that none runs with parts of both.
 * @param beforeReload Saves what would go with the page.
 */
export function keepOffline(beforeReload: () => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    // The first of all is the page's own.
    if (!controlled) {
      controlled = true;
      return;
    }
    beforeReload();
    location.reload();
  });
  const take = registerSW({
    immediate: true,
    onNeedRefresh: () => tell(() => void take()),
    // It would leave out the tabs that were there before the first worker.
    onNeedReload: () => {},
    onRegisterError: (error: unknown) => console.warn('Portcullis: the page could not be kept for offline use.', error),
  });
}

function tell(take: () => void): void {
  render(html`A new version is ready. <button type="button" data-testid="take-newer" @click=${take}>Reload</button>`, element('newer', 'p'));
}
