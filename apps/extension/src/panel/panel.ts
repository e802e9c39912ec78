import { errorData } from '@portcullis/core';
import { readManaged } from '../shared/managed.ts';
import { changeSettings, PRESET_NAMES, readSettings } from '../shared/settings.ts';
import { listenToAllow, showAllow } from './allow-view.ts';
import { element } from './element.ts';
import { listenToHistory, showHistory } from './history-view.ts';
import { showPointed, showSites, showThisSite } from './sites-view.ts';

const presets = element('presets', 'fieldset');
const switches = { 'keep-text': 'keepText', 'read-answers': 'readAnswers', 'read-drafts': 'readDrafts' } as const;

async function showSettings(): Promise<void> {
  const settings = await readSettings();
  for (const [id, name] of Object.entries(switches)) element(id, 'input').checked = settings[name];
  for (const radio of presets.querySelectorAll('input')) radio.checked = radio.value === settings.preset;
}

for (const [id, name] of Object.entries(switches)) {
  const box = element(id, 'input');
  box.addEventListener('change', () => {
    const wanted = box.checked;
    void changeSettings((settings) => ({ ...settings, [name]: wanted }));
  });
}
presets.addEventListener('change', () => {
  const chosen = presets.querySelector<HTMLInputElement>(':checked')?.value;
  const preset = PRESET_NAMES.find((name) => name === chosen);
  if (preset !== undefined) void changeSettings((settings) => ({ ...settings, preset }));
});
/** What the organisation has set is told, and cannot be changed. */
async function showManaged(): Promise<void> {
  const note = element('managed', 'p');
  try {
    const { policy, collector, readDrafts } = await readManaged();
    const said = [
      policy === undefined ? [] : ['Your organisation sets how strict the guard is, and what is trusted.'],
      readDrafts === undefined ? [] : [`Your organisation has texts read ${readDrafts ? 'while they are written' : 'when they are sent, and not before'}.`],
      collector === undefined ? [] : [`Your organisation has alerts sent to ${new URL(collector).host}: hashes and titles, no text.`],
    ].flat();
    note.textContent = said.join(' ');
    note.hidden = said.length === 0;
    for (const control of document.querySelectorAll<HTMLInputElement>('#presets input, #allow :is(input, select, button)'))
      control.disabled = policy !== undefined;
    element('read-drafts', 'input').disabled = readDrafts !== undefined;
    if (collector !== undefined) element('privacy', 'footer').textContent = 'Texts stay on this device.';
  } catch (error) {
    note.hidden = false;
    note.textContent = `Your organisation’s settings cannot be read, so nothing can be sent: ${errorData(error, 'policy-invalid').message}`;
  }
}

listenToAllow();
listenToHistory();

const showStored = (): Promise<unknown> => Promise.all([showSettings(), showPointed(), showAllow(), showHistory()]);
chrome.storage.local.onChanged.addListener(() => void showStored());
await Promise.all([showManaged(), showThisSite(), showSites(), showStored()]);
