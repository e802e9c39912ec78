import { html, nothing, type TemplateResult } from 'lit';
import { BACKEND_CHOICES, type BackendChoice, type Settings } from './settings.ts';

const NAMES: Record<BackendChoice, readonly [name: string, what: string]> = {
  auto: ['Automatic', 'The best that this device has'],
  webgpu: ['WebGPU', 'On the graphics card'],
  wasm: ['WASM', 'On the processor'],
};

function choice(name: string, value: string, checked: boolean, label: string, what: string, onChange?: () => void): TemplateResult {
  return html`<label class="choice">
    <input type="radio" name=${name} value=${value} .checked=${checked} data-testid=${`${name}-${value}`} @change=${onChange ?? nothing} />
    <span><b>${label}</b> <span>${what}</span></span>
  </label>`;
}

function field(name: string, label: string, type: string, value: string, placeholder: string, required: boolean): TemplateResult {
  return html`<label class="field"
    >${label}
    <input name=${name} type=${type} .value=${value} placeholder=${placeholder} ?required=${required} autocomplete="off" spellcheck="false" data-testid=${`endpoint-${name}`} />
  </label>`;
}

/** What the dialog tells its owner. */
export interface SettingsActions {
  readonly save: (event: SubmitEvent) => void;
  readonly cancel: () => void;
  readonly choose: (kind: 'stand-in' | 'endpoint') => void;
}

/** The settings form; `forced` is a backend that the address imposes. */
export function settingsView(settings: Settings, kind: 'stand-in' | 'endpoint', forced: BackendChoice | undefined, actions: SettingsActions): TemplateResult {
  const { backend, answers, assistant } = settings;
  const current = assistant.kind === 'endpoint' ? assistant : { url: '', model: '', key: '' };
  return html`<form method="dialog" @submit=${actions.save}>
    <h2 id="settings-title">Settings</h2>
    <fieldset>
      <legend>Guard backend</legend>
      ${BACKEND_CHOICES.map((value) => choice('backend', value, value === backend, ...NAMES[value]))}
      <p class="fine">${forced ? `The address of this page asks for ${NAMES[forced][0]}, which comes first.` : 'A change reloads the page.'}</p>
    </fieldset>
    <fieldset>
      <legend>Secrets in answers</legend>
      ${choice('answers', 'redact', answers === 'redact', 'Take out', 'A placeholder stands in their place')}
      ${choice('answers', 'stop', answers === 'stop', 'Stop', 'The answer ends before them')}
      <p class="fine">Every answer is read while it comes. A change reloads the page.</p>
    </fieldset>
    <fieldset>
      <legend>Assistant</legend>
      ${choice('assistant', 'stand-in', kind === 'stand-in', 'Offline stand-in', 'Canned replies, no model', () => actions.choose('stand-in'))}
      ${choice('assistant', 'endpoint', kind === 'endpoint', 'OpenAI-compatible endpoint', 'Yours or a provider’s', () => actions.choose('endpoint'))}
      ${
        kind === 'endpoint'
          ? html`<div class="fields">
              ${field('url', 'Base URL', 'url', current.url, 'http://localhost:11434/v1', true)} ${field('model', 'Model', 'text', current.model, 'model name', true)}
              ${field('key', 'API key', 'password', current.key, 'optional', false)}
              <p class="fine">The key stays in this tab and is forgotten when it closes. Allowed messages go to this address, and nowhere else.</p>
            </div>`
          : nothing
      }
    </fieldset>
    <div class="buttons">
      <button type="button" data-testid="settings-cancel" @click=${actions.cancel}>Cancel</button>
      <button type="submit" class="primary" data-testid="settings-save">Save</button>
    </div>
  </form>`;
}
