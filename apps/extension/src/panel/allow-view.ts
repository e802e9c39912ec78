import type { AllowList } from '@portcullis/core';
import { changeSettings, readSettings, type Settings } from '../shared/settings.ts';
import { element, removable } from './element.ts';

type Kind = keyof AllowList;

const patternOf = (origin: string): string => origin.replace(/\/\*$/, '');

/** An origin's texts, at whatever port: a grant knows none. */
const sourcesOf = (origin: string): string[] => [origin, `${origin}:*`];

const withEntry = (settings: Settings, { phrases, sources }: Partial<AllowList>): Settings => ({
  ...settings,
  allow: { phrases: [...settings.allow.phrases, ...(phrases ?? [])], sources: [...settings.allow.sources, ...(sources ?? [])] },
});

const withoutEntry = (settings: Settings, kind: Kind, key: string): Settings => ({
  ...settings,
  allow: { ...settings.allow, [kind]: settings.allow[kind].filter((entry) => JSON.stringify(entry) !== key) },
});

export async function showAllow(): Promise<void> {
  const [{ allow }, { origins = [] }] = await Promise.all([readSettings(), chrome.permissions.getAll()]);
  const row = (kind: Kind, words: string, entry: object): HTMLElement =>
    removable(words, () => void changeSettings((settings) => withoutEntry(settings, kind, JSON.stringify(entry))));
  element('allow-list', 'ul').replaceChildren(
    ...allow.phrases.map((entry) => row('phrases', `“${entry.text}” at ${entry.sources?.[0] ?? 'every site'}`, entry)),
    ...allow.sources.map((entry) => row('sources', `the site ${entry.match}`, entry)),
  );
  const site = element('allow-site', 'select');
  const chosen = site.value;
  site.replaceChildren(new Option('every site', ''), ...origins.map(patternOf).map((origin) => new Option(origin, origin)));
  site.value = chosen;
}

export function listenToAllow(): void {
  const [form, text, kind, site] = [element('allow', 'form'), element('allow-text', 'input'), element('allow-kind', 'select'), element('allow-site', 'select')];
  kind.addEventListener('change', () => {
    element('allow-scope', 'label').hidden = kind.value === 'sources';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = text.value.trim();
    // As long as the schema wants it; the field itself counts blanks.
    if (said.length < 3) return;
    const phrase = { text: said, ...(site.value !== '' && { sources: sourcesOf(site.value) }) };
    const entry: Partial<AllowList> = kind.value === 'sources' ? { sources: [{ match: said, upTo: 'medium' }] } : { phrases: [phrase] };
    void changeSettings((settings) => withEntry(settings, entry)).then(() => form.reset());
  });
}
