/** Which backend a person or a link asks for. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';
export const BACKEND_CHOICES = ['auto', 'webgpu', 'wasm'] as const satisfies readonly BackendChoice[];

/** Who answers. */
export type AssistantChoice = { readonly kind: 'stand-in' } | { readonly kind: 'endpoint'; readonly url: string; readonly model: string; readonly key: string };

/** What becomes of a secret in an answer: it is taken out, or the answer ends there. */
export type AnswersChoice = 'redact' | 'stop';

/** What the settings dialog holds. */
export interface Settings {
  readonly backend: BackendChoice;
  readonly answers: AnswersChoice;
  readonly assistant: AssistantChoice;
}

/** The part of `Storage` that settings need. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const STORED = 'portcullis.settings';
const KEY = 'portcullis.key';

export function isBackend(value: unknown): value is BackendChoice {
  return BACKEND_CHOICES.some((choice) => choice === value);
}

/** The browser's storage, or a forgetful one where it is refused: with site data blocked, naming it throws. */
export function storeOr(open: () => Store): Store {
  try {
    return open();
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads what was stored. Anything unreadable counts as not stored: settings are no reason for a page not to open. */
export function readSettings(lasting: Store, session: Store): Settings {
  let stored: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(lasting.getItem(STORED) ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) stored = { ...parsed };
  } catch {
    // Falls to the defaults.
  }
  const backend = isBackend(stored.backend) ? stored.backend : 'auto';
  const answers = stored.answers === 'stop' ? 'stop' : 'redact';
  if (stored.assistant !== 'endpoint') return { backend, answers, assistant: { kind: 'stand-in' } };
  return { backend, answers, assistant: { kind: 'endpoint', url: text(stored.url), model: text(stored.model), key: session.getItem(KEY) ?? '' } };
}

/** Stores everything but the API key, which lives in the session store and goes with the tab. */
export function writeSettings(settings: Settings, lasting: Store, session: Store): void {
  const { backend, answers, assistant } = settings;
  const plain =
    assistant.kind === 'endpoint'
      ? { backend, answers, assistant: assistant.kind, url: assistant.url, model: assistant.model }
      : { backend, answers, assistant: assistant.kind };
  lasting.setItem(STORED, JSON.stringify(plain));
  if (assistant.kind === 'endpoint' && assistant.key !== '') session.setItem(KEY, assistant.key);
  else session.removeItem(KEY);
}

/** What the address overrides, for tests and for links. */
export interface Overrides {
  readonly backend?: BackendChoice;
  readonly bundle: URL;
}

/**
 * Reads `?backend=` and `?bundle=`; the bundle lies beside the page unless told otherwise. One of another origin is not taken: a link
 * could open the page with models that let everything through.
 */
export function readOverrides(search: string, base: string): Overrides {
  const query = new URLSearchParams(search);
  const backend = query.get('backend');
  const given = query.get('bundle');
  const asked = given !== null && URL.canParse(given, base) ? new URL(given, base) : undefined;
  const bundle = asked !== undefined && asked.origin === new URL(base).origin ? asked : new URL(__BUNDLE_PATH__, base);
  return isBackend(backend) ? { backend, bundle } : { bundle };
}
