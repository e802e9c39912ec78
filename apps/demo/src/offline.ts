import { registerSW } from 'virtual:pwa-register';

/** Keeps the page itself for use without a network. Failure costs only that, so it is not shown. */
export function keepOffline(): void {
  if (import.meta.env.PROD)
    registerSW({ immediate: true, onRegisterError: (error: unknown) => console.warn('Portcullis: the page could not be kept for offline use.', error) });
}
