import { render } from 'lit';
import { type BackendChoice, isBackend, type Settings } from './settings.ts';
import { settingsView } from './settings-view.ts';

/** Reads the form into settings. */
export function settingsFrom(form: FormData): Settings {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const backend = form.get('backend');
  return {
    backend: isBackend(backend) ? backend : 'auto',
    answers: form.get('answers') === 'stop' ? 'stop' : 'redact',
    assistant: form.get('assistant') === 'endpoint' ? { kind: 'endpoint', url: text('url'), model: text('model'), key: text('key') } : { kind: 'stand-in' },
  };
}

/** Opens the dialog on the settings in force; `save` is called with the new ones, and not when it is cancelled. */
export function openSettings(dialog: HTMLDialogElement, settings: Settings, forced: BackendChoice | undefined, save: (settings: Settings) => void): void {
  const draw = (kind: 'stand-in' | 'endpoint') =>
    render(
      settingsView(settings, kind, forced, {
        save: (event) => save(settingsFrom(new FormData(event.currentTarget as HTMLFormElement))),
        cancel: () => dialog.close(),
        choose: draw,
      }),
      dialog,
    );
  draw(settings.assistant.kind);
  dialog.showModal();
}
