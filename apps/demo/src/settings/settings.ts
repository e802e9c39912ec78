/** Which backend a person or a link asks for. */
export type BackendChoice = 'auto' | 'webgpu' | 'wasm';
export const BACKEND_CHOICES = ['auto', 'webgpu', 'wasm'] as const satisfies readonly BackendChoice[];

/** Who answers. */
export type AssistantChoice = { readonly kind: 'stand-in' } | { readonly kind: 'endpoint'; readonly url: string; readonly model: string; readonly key: string };

/** What becomes of a secret in an answer: it is taken out, or the answer ends there. */
export type AnswersChoice = 'redact' | 'stop';
export const ANSWERS_CHOICES = ['redact', 'stop'] as const satisfies readonly AnswersChoice[];

/** How much the guard lets through: the policy's presets. */
export type PresetChoice = 'strict' | 'balanced' | 'quiet';
export const PRESET_CHOICES = ['strict', 'balanced', 'quiet'] as const satisfies readonly PresetChoice[];

/** Who is asked about a verdict that is neither clear nor blocked: nobody, the browser's own model, or the assistant's endpoint. */
export type JudgeChoice = 'none' | 'browser' | 'endpoint';
export const JUDGE_CHOICES = ['none', 'browser', 'endpoint'] as const satisfies readonly JudgeChoice[];

/** What the settings dialog holds. */
export interface Settings {
  readonly preset: PresetChoice;
  readonly judge: JudgeChoice;
  readonly backend: BackendChoice;
  readonly answers: AnswersChoice;
  readonly assistant: AssistantChoice;
}

/** The part of `Storage` that settings need. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Names under which settings and the API key are stored. */
export const STORED = 'portcullis.settings';
export const KEY = 'portcullis.key';

/** The value if it is one of the choices. */
export function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown, otherwise: NoInfer<Choice>): Choice {
  return choices.find((choice) => choice === value) ?? otherwise;
}

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
  const common = {
    preset: oneOf(PRESET_CHOICES, stored.preset, 'balanced'),
    judge: oneOf(JUDGE_CHOICES, stored.judge, 'none'),
    backend: oneOf(BACKEND_CHOICES, stored.backend, 'auto'),
    answers: oneOf(ANSWERS_CHOICES, stored.answers, 'redact'),
  };
  if (stored.assistant !== 'endpoint') return { ...common, ...(common.judge === 'endpoint' && { judge: 'none' }), assistant: { kind: 'stand-in' } };
  return { ...common, assistant: { kind: 'endpoint', url: text(stored.url), model: text(stored.model), key: session.getItem(KEY) ?? '' } };
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
