import { patternFor, SITES } from '../shared/sites.ts';
import { element, made } from './element.ts';

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

/** The site of the tab that the popup was opened over. Only a popup has one; what the guard cannot run on has none. */
export async function showThisSite(): Promise<void> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const pattern = patternFor(tab?.url ?? '');
  if (tab?.id === undefined || pattern === undefined) return;
  const { id } = tab;
  const [box, note, reload] = [element('here-switch', 'input'), element('here-note', 'p'), element('here-reload', 'button')];
  element('here-name', 'b').textContent = new URL(tab.url ?? '').hostname;
  box.checked = await isGranted(pattern);
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
