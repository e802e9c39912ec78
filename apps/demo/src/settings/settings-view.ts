import { html, nothing, type TemplateResult } from 'lit';
import { score } from '../format.ts';
import { BACKEND_CHOICES, type BackendChoice, JUDGE_CHOICES, type JudgeChoice, PRESET_CHOICES, type PresetChoice, type Settings } from './settings.ts';

const BACKENDS: Record<BackendChoice, readonly [name: string, what: string]> = {
  auto: ['Automatic', 'The best that this device has'],
  webgpu: ['WebGPU', 'On the graphics card'],
  wasm: ['WASM', 'On the processor'],
};

const PRESETS: Record<PresetChoice, readonly [name: string, what: string]> = {
  strict: ['Strict', 'Asks early, holds more'],
  balanced: ['Balanced', 'As the models were measured'],
  quiet: ['Quiet', 'Never asks'],
};

const JUDGES: Record<JudgeChoice, readonly [name: string, what: string]> = {
  none: ['Nobody', 'You decide'],
  browser: ['The browser’s own model', 'On this device, where it has one'],
  endpoint: ['The assistant’s endpoint', 'The message is sent there first'],
};

/** Scores from which the guard asks and blocks. */
export interface Thresholds {
  readonly warn: number;
  readonly block: number;
}

/** What is chosen in the dialog and not saved yet, as far as it changes what is shown. */
export interface Draft {
  readonly kind: 'stand-in' | 'endpoint';
  readonly preset: PresetChoice;
  /** Whether the person is asked if everything is to be erased. */
  readonly erasing: boolean;
}

/** What the dialog tells its owner. */
export interface SettingsActions {
  readonly save: (event: SubmitEvent) => void;
  readonly cancel: () => void;
  readonly choose: (change: Partial<Draft>) => void;
  readonly takeAlong: () => void;
  readonly erase: () => void;
}

interface Choice {
  readonly value: string;
  readonly checked: boolean;
  readonly onChange?: () => void;
}

function choice(name: string, { value, checked, onChange }: Choice, [label, what]: readonly [string, string]): TemplateResult {
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

/** What a preset does, in the figures that it sets: those of `docs/policy.md`. */
function explained(preset: PresetChoice, inForce: PresetChoice, thresholds: Thresholds | undefined): string {
  switch (preset) {
    case 'strict':
      return 'Blocks from a score of 0.50, asks from 0.15 and at every rule of medium severity. A quotation is no excuse.';
    case 'balanced': {
      const own =
        inForce === 'balanced' && thresholds
          ? ` from a score of ${score(thresholds.block)}, asks from ${score(thresholds.warn)}`
          : ' and asks from the models’ own thresholds on';
      return `Blocks${own}: one harmless text in a hundred of those it was measured on is blocked. Attacks that are only quoted weigh less.`;
    }
    case 'quiet':
      return 'Blocks from a score of 0.90, and what a rule of high severity finds. Asks about nothing.';
  }
}

/** The settings form. */
export function settingsView(
  settings: Settings,
  { kind, preset, erasing }: Draft,
  { forced, thresholds }: { readonly forced: BackendChoice | undefined; readonly thresholds: Thresholds | undefined },
  actions: SettingsActions,
): TemplateResult {
  const { backend, answers, judge, assistant } = settings;
  const current = assistant.kind === 'endpoint' ? assistant : { url: '', model: '', key: '' };
  const judges = JUDGE_CHOICES.filter((value) => kind === 'endpoint' || value !== 'endpoint');
  return html`<form method="dialog" @submit=${actions.save}>
    <h2 id="settings-title">Settings</h2>
    <fieldset>
      <legend>How strict</legend>
      ${PRESET_CHOICES.map((value) => choice('preset', { value, checked: value === preset, onChange: () => actions.choose({ preset: value }) }, PRESETS[value]))}
      <p class="fine" role="status" data-testid="preset-explained">${explained(preset, settings.preset, thresholds)}</p>
    </fieldset>
    <fieldset>
      <legend>Guard backend</legend>
      ${BACKEND_CHOICES.map((value) => choice('backend', { value, checked: value === backend }, BACKENDS[value]))}
      ${forced ? html`<p class="fine">The address of this page asks for ${BACKENDS[forced][0]}, which comes first.</p>` : nothing}
    </fieldset>
    <fieldset>
      <legend>Secrets in answers</legend>
      ${choice('answers', { value: 'redact', checked: answers === 'redact' }, ['Take out', 'A placeholder stands in their place'])}
      ${choice('answers', { value: 'stop', checked: answers === 'stop' }, ['Stop', 'The answer ends before them'])}
      <p class="fine">Every answer is read while it comes.</p>
    </fieldset>
    <fieldset>
      <legend>Assistant</legend>
      ${choice('assistant', { value: 'stand-in', checked: kind === 'stand-in', onChange: () => actions.choose({ kind: 'stand-in' }) }, ['Offline stand-in', 'Canned replies, no model'])}
      ${choice('assistant', { value: 'endpoint', checked: kind === 'endpoint', onChange: () => actions.choose({ kind: 'endpoint' }) }, ['OpenAI-compatible endpoint', 'Yours or a provider’s'])}
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
    <fieldset>
      <legend>Who judges doubtful messages</legend>
      ${judges.map((value) => choice('judge', { value, checked: value === (judges.includes(judge) ? judge : 'none') }, JUDGES[value]))}
    </fieldset>
    <fieldset>
      <legend>Your data</legend>
      <div class="data">
        <button type="button" data-testid="take-along" @click=${actions.takeAlong}>Export this chat</button>
        ${
          erasing
            ? html`<button type="button" class="danger" data-testid="erase-sure" @click=${actions.erase}>Erase it all, the models too</button>
                <button type="button" data-testid="erase-not" @click=${() => actions.choose({ erasing: false })}>Keep</button>`
            : html`<button type="button" data-testid="erase" @click=${() => actions.choose({ erasing: true })}>Erase everything</button>`
        }
      </div>
      <p class="fine">Chat, settings and models are kept in this browser only.</p>
    </fieldset>
    <div class="buttons">
      <p class="fine">A change of the guard reloads the page.</p>
      <button type="button" data-testid="settings-cancel" @click=${actions.cancel}>Cancel</button>
      <button type="submit" class="primary" data-testid="settings-save">Save</button>
    </div>
  </form>`;
}
