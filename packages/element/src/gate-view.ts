import type { LoadProgress } from '@portcullis/guard';
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Gate } from './gate.ts';
import { type GateMessage, said } from './gate-said.ts';
import { ICONS } from './icons.ts';
import { progressShare, progressText } from './progress-text.ts';
import type { Speech } from './speech.ts';
import type { GateWords } from './words.ts';

type Part = TemplateResult | typeof nothing;

function line({ headline, detail, own }: GateMessage, foreign: 'en' | undefined): TemplateResult {
  return html`<strong part="headline">${headline}.</strong> ${detail ? html`<span part="reason" lang=${(own ? foreign : undefined) ?? nothing}>${detail}</span>` : nothing}`;
}

/** How far loading is. Outside the live regions: a figure that changes many times a second is for the eye only. */
export function progressBar(progress: LoadProgress, words: GateWords): TemplateResult {
  const share = progressShare(progress);
  return html`<div class="progress" part="progress">
    <progress aria-label=${words.loadingModels} max="1" value=${share ?? nothing}></progress>
    <span aria-hidden="true">${progressText(progress, words)}</span>
  </div>`;
}

function body(gate: Gate, progress: LoadProgress | undefined, words: GateWords): Part {
  if (gate.name === 'loading') return progress ? progressBar(progress, words) : nothing;
  return gate.name === 'error' ? html`<p part="degraded"><code>${gate.error.code}</code> ${gate.error.message}</p>` : nothing;
}

/**
 * The strip under the composer. Both live regions are there from the first render; only their text is swapped.
 * @param details what stands below the state, once it is loaded.
 */
export function gateView(
  gate: Gate,
  progress: LoadProgress | undefined,
  { gate: words, locale, foreign }: Speech,
  details: unknown,
  retry: () => void,
): TemplateResult {
  const message = said(gate, words, locale?.advice);
  return html`<div part="gate" class=${message.tone}>
    <svg part="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${ICONS[message.tone].map((stroke) => svg`<path class=${stroke.class ?? nothing} d=${stroke.d} />`)}</svg>
    <div class="lines">
      <div role="status" part="status">${message.urgent ? nothing : line(message, foreign)}</div>
      <div role="alert" part="alert">${message.urgent ? line(message, foreign) : nothing}</div>
      ${body(gate, progress, words)}${details}
    </div>
    ${gate.name === 'error' ? html`<button part="button retry" type="button" @click=${retry}>${words.retry}</button>` : nothing}
  </div>`;
}
