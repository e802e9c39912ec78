import * as v from 'valibot';

export const PRESET_NAMES = ['strict', 'balanced', 'quiet'] as const;

const schema = v.object({
  /** The policy's preset, for every site. */
  preset: v.optional(v.picklist(PRESET_NAMES), 'balanced'),
  /** Whether the history keeps the texts themselves and not only their hashes. */
  keepText: v.optional(v.boolean(), false),
});

export type Settings = v.InferOutput<typeof schema>;
export type Preset = Settings['preset'];

/** Key in `chrome.storage.local`. */
const KEY = 'settings';

/** Settings as stored; what is missing or unreadable has its default. */
export function parseSettings(stored: unknown): Settings {
  const parsed = v.safeParse(schema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(schema, {});
}

export async function readSettings(): Promise<Settings> {
  return parseSettings((await chrome.storage.local.get(KEY))[KEY]);
}

export async function writeSettings(settings: Settings): Promise<void> {
  await chrome.storage.local.set({ [KEY]: settings });
}
