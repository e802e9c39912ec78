import { render } from 'lit';
import { eraseAll } from '../data/erase.ts';
import { download, exportOf } from '../data/export.ts';
import type { GuardSession } from '../guard-session.ts';
import type { AppState, Store } from '../state.ts';
import { restarts, writeSettings } from './keep-settings.ts';
import { ANSWERS_CHOICES, BACKEND_CHOICES, type BackendChoice, JUDGE_CHOICES, type Store as Kept, oneOf, PRESET_CHOICES, type Settings } from './settings.ts';
import { type Draft, settingsView } from './settings-view.ts';

/** Reads the form into settings. */
export function settingsFrom(form: FormData): Settings {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const endpoint = form.get('assistant') === 'endpoint';
  const judge = oneOf(JUDGE_CHOICES, form.get('judge'), 'none');
  return {
    preset: oneOf(PRESET_CHOICES, form.get('preset'), 'balanced'),
    // Without an endpoint there is none to ask.
    judge: judge === 'endpoint' && !endpoint ? 'none' : judge,
    backend: oneOf(BACKEND_CHOICES, form.get('backend'), 'auto'),
    answers: oneOf(ANSWERS_CHOICES, form.get('answers'), 'redact'),
    assistant: endpoint ? { kind: 'endpoint', url: text('url'), model: text('model'), key: text('key') } : { kind: 'stand-in' },
  };
}

/** What the dialog works on. */
export interface SettingsHost {
  readonly store: Store<AppState>;
  readonly guard: GuardSession;
  /** A backend that the address imposes. */
  readonly forced: BackendChoice | undefined;
  /** Where settings are kept, and where the API key is. */
  readonly lasting: Kept;
  readonly session: Kept;
}

/** Opens the dialog on the settings in force. What the guard was started with is changed by loading the page anew. */
export function openSettings(dialog: HTMLDialogElement, { store, guard, forced, lasting, session }: SettingsHost): void {
  const { settings, thresholds } = store.get();
  const save = (event: SubmitEvent): void => {
    const changed = settingsFrom(new FormData(event.currentTarget as HTMLFormElement));
    writeSettings(changed, lasting, session);
    store.update((state) => ({ ...state, settings: changed }));
    if (restarts(settings, changed)) location.reload();
  };
  const erase = async (): Promise<void> => {
    guard.current()?.close();
    await eraseAll().finally(() => location.reload());
  };
  const draw = (draft: Draft): void => {
    const actions = {
      save,
      cancel: () => dialog.close(),
      choose: (change: Partial<Draft>) => draw({ ...draft, ...change }),
      takeAlong: () => download('portcullis-chat.json', exportOf(store.get())),
      erase: () => void erase(),
    };
    render(settingsView(settings, draft, { forced, thresholds }, actions), dialog);
  };
  draw({ kind: settings.assistant.kind, preset: settings.preset, erasing: false });
  dialog.showModal();
}
