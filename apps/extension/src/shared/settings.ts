import { type PolicyInput, policySchema } from '@portcullis/core';
import * as v from 'valibot';

export const PRESET_NAMES = ['strict', 'balanced', 'quiet'] as const;

/** Longest selector that is kept of an element that a person pointed at. */
const MAX_SELECTOR = 500;

const schema = v.object({
  /** The policy's preset, for every site. */
  preset: v.fallback(v.optional(v.picklist(PRESET_NAMES), 'balanced'), 'balanced'),
  /** Whether the history keeps the texts themselves and not only their hashes. */
  keepText: v.fallback(v.optional(v.boolean(), false), false),
  /** Whether the models' answers are read, too. */
  readAnswers: v.fallback(v.optional(v.boolean(), false), false),
  /** Whether a text is read while it is written, so that its verdict is there when it is sent. */
  readDrafts: v.fallback(v.optional(v.boolean(), true), true),
  /** What the person trusts, as the policy has it. */
  allow: v.fallback(policySchema.entries.allow, { phrases: [], sources: [] }),
  /** CSS selectors of what the person pointed at, by the site's origin. */
  composers: v.fallback(v.optional(v.record(v.string(), v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_SELECTOR)))), {}), {}),
});

export type Settings = v.InferOutput<typeof schema>;

/** Key in `chrome.storage.local`. */
const KEY = 'settings';

/** Whether the settings are among what changed in an area of the browser's storage. */
export const areSettings = (changes: object, area: string): boolean => area === 'local' && KEY in changes;

/** Settings as stored; what is missing or unreadable has its default. */
export function parseSettings(stored: unknown): Settings {
  const parsed = v.safeParse(schema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(schema, {});
}

/** The settings with one more selector for a site; the same one is there once. */
export function withComposer(settings: Settings, origin: string, selector: string): Settings {
  const known = settings.composers[origin] ?? [];
  return { ...settings, composers: { ...settings.composers, [origin]: [...known.filter((each) => each !== selector), selector] } };
}

/** The settings without a selector of a site. */
export function withoutComposer(settings: Settings, origin: string, selector: string): Settings {
  const left = (settings.composers[origin] ?? []).filter((each) => each !== selector);
  const { [origin]: _all, ...others } = settings.composers;
  return { ...settings, composers: left.length > 0 ? { ...others, [origin]: left } : others };
}

/** The policy that the settings come to. */
export function policyOf({ preset, allow }: Settings): PolicyInput {
  return { preset, allow };
}

export async function readSettings(): Promise<Settings> {
  return parseSettings((await chrome.storage.local.get(KEY))[KEY]);
}

let tail: Promise<unknown> = Promise.resolve();

/** Changes the settings as they are by then, one change after the other. */
export function changeSettings(change: (settings: Settings) => Settings): Promise<void> {
  const done = tail.then(async () => chrome.storage.local.set({ [KEY]: change(await readSettings()) }));
  tail = done.catch(() => {});
  return done;
}
