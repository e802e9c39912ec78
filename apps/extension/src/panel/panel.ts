import { PRESET_NAMES, readSettings, writeSettings } from '../shared/settings.ts';
import { element } from './element.ts';
import { listenToErase, showHistory } from './history-view.ts';
import { showSites, showThisSite } from './sites-view.ts';

async function showSettings(): Promise<void> {
  const [keepText, presets] = [element('keep-text', 'input'), element('presets', 'fieldset')];
  const settings = await readSettings();
  keepText.checked = settings.keepText;
  for (const radio of presets.querySelectorAll('input')) radio.checked = radio.value === settings.preset;
  keepText.addEventListener('change', async () => writeSettings({ ...(await readSettings()), keepText: keepText.checked }));
  presets.addEventListener('change', async () => {
    const chosen = presets.querySelector<HTMLInputElement>(':checked')?.value;
    const preset = PRESET_NAMES.find((name) => name === chosen);
    if (preset !== undefined) await writeSettings({ ...(await readSettings()), preset });
  });
}

listenToErase();
await Promise.all([showSettings(), showThisSite(), showSites(), showHistory()]);
