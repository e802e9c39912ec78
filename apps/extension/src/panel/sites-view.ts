import type { ToPage } from '../shared/messages.ts';
import { changeSettings, readSettings, withoutComposer } from '../shared/settings.ts';
import { patternFor, SITES } from '../shared/sites.ts';
import { element, made, removable } from './element.ts';
import { offerCheck } from './report-view.ts';

const isGranted = (pattern: string): Promise<boolean> => chrome.permissions.contains({ origins: [pattern] });

/** Asks the browser to grant a site, or gives it back. The answer is what the browser says afterwards. Needs a person's click. */
async function setGranted(pattern: string, wanted: boolean): Promise<boolean> {
  // A required permission cannot be given back, and asking can be refused: both leave things as they are.
  await (wanted ? chrome.permissions.request({ origins: [pattern] }) : chrome.permissions.remove({ origins: [pattern] })).catch(() => {});
  return isGranted(pattern);
}

async function siteRow(name: string, pattern: string): Promise<HTMLElement> {
  const row = made('label', '');
  row.className = 'row';
  const box = made('input', '');
  box.type = 'checkbox';
  box.checked = await isGranted(pattern);
  box.addEventListener('change', async () => {
    box.checked = await setGranted(pattern, box.checked);
  });
  row.append(made('span', name), box);
  return row;
}

/** The large chat sites, and whatever else was granted. */
export async function showSites(): Promise<void> {
  const known = new Map(SITES.map(({ name, origin }) => [`${origin}/*`, name]));
  const { origins = [] } = await chrome.permissions.getAll();
  for (const pattern of origins) if (!known.has(pattern)) known.set(pattern, pattern.replace('/*', ''));
  element('sites', 'div').replaceChildren(...(await Promise.all([...known].map(([pattern, name]) => siteRow(name, pattern)))));
}

/** The tab that the popup was opened over. `?tab=ID` names another: then the page is open in a tab of its own. */
async function tabHere(): Promise<chrome.tabs.Tab | undefined> {
  const named = Number(new URLSearchParams(location.search).get('tab'));
  if (named > 0) return chrome.tabs.get(named);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** What was pointed at, on whatever site. */
export async function showPointed(): Promise<void> {
  const { composers } = await readSettings();
  const rows = Object.entries(composers).flatMap(([origin, selectors]) =>
    selectors.map((selector) => removable(`${origin} ${selector}`, () => void changeSettings((settings) => withoutComposer(settings, origin, selector)))),
  );
  element('pointed-list', 'ul').replaceChildren(...rows);
  element('pointed', 'div').hidden = rows.length === 0;
}

/** Has the person point at a composer in a tab. The popup goes: it would lie over the page. */
async function point(tab: number): Promise<void> {
  try {
    await chrome.tabs.sendMessage(tab, { to: 'page', type: 'point' } satisfies ToPage);
    window.close();
  } catch {
    element('here-note', 'p').textContent = 'The guard is not on this page yet: reload it first.';
    element('here-reload', 'button').hidden = false;
  }
}

/** The site of the tab that the popup was opened over. Only a popup has one; what the guard cannot run on has none. */
export async function showThisSite(): Promise<void> {
  const tab = await tabHere();
  const pattern = patternFor(tab?.url ?? '');
  if (tab?.id === undefined || pattern === undefined) return;
  const { id } = tab;
  const [box, note, reload] = [element('here-switch', 'input'), element('here-note', 'p'), element('here-reload', 'button')];
  element('here-name', 'b').textContent = new URL(tab.url ?? '').hostname;
  box.checked = await isGranted(pattern);
  element('here-more', 'div').hidden = !box.checked;
  element('here-point', 'button').addEventListener('click', () => void point(id));
  await offerCheck(id);
  box.addEventListener('change', async () => {
    const wanted = box.checked;
    box.checked = await setGranted(pattern, wanted);
    const changed = box.checked === wanted;
    note.textContent = changed ? `The guard is ${wanted ? 'on' : 'off'} from the next load of the page.` : 'Nothing was changed.';
    reload.hidden = !changed;
    await showSites();
  });
  reload.addEventListener('click', () => void chrome.tabs.reload(id).then(() => window.close()));
  element('here', 'section').hidden = false;
}
