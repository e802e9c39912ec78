import type { LoadProgress, Verdict } from '@portcullis/guard';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { type Excerpt, excerptsOf, type Found } from './excerpts.ts';
import type { Gate } from './gate.ts';
import { degradedNote, type GateMessage, messageOf } from './gate-message.ts';
import { ICONS } from './icons.ts';
import { progressShare, progressText } from './progress-text.ts';

/** What the buttons of the strip do. */
export interface GateActions {
  readonly sendAnyway: () => void;
  readonly retry: () => void;
}

function words({ headline, detail }: GateMessage): TemplateResult {
  return html`<strong part="headline">${headline}.</strong> ${detail ? html`<span part="reason">${detail}</span>` : nothing}`;
}

// Outside the live regions: a figure that changes many times a second is for the eye only.
function progressBar(progress: LoadProgress): TemplateResult {
  const share = progressShare(progress);
  return html`<div class="progress" part="progress">
    <progress aria-label="Loading the models" max="1" value=${share ?? nothing}></progress>
    <span aria-hidden="true">${progressText(progress)}</span>
  </div>`;
}

function sourced({ title, source }: Found): TemplateResult {
  return html`<span class="found">${title} <code>${source}</code></span> `;
}

function excerptRow({ quote, unwrapped, found }: Excerpt): TemplateResult {
  const how = unwrapped === undefined ? nothing : html`<span class="found" part="unwrapped">Disguise: ${unwrapped}</span>`;
  return html`<li><span class="quote"><q><bdi>${quote}</bdi></q></span> ${how}${found.map(sourced)}</li>`;
}

function findings(verdict: Verdict, text: string): TemplateResult | typeof nothing {
  const excerpts = excerptsOf(verdict, text);
  const note = degradedNote(verdict);
  if (excerpts.length === 0 && !note) return nothing;
  return html`${
    excerpts.length === 0
      ? nothing
      : html`<ul part="findings" aria-label="What was found">
          ${excerpts.map(excerptRow)}
        </ul>`
  }${note ? html`<p part="degraded">${note}</p>` : nothing}`;
}

function body(gate: Gate, progress: LoadProgress | undefined): TemplateResult | typeof nothing {
  switch (gate.name) {
    case 'loading':
      return progress ? progressBar(progress) : nothing;
    case 'warned':
    case 'blocked':
      return findings(gate.verdict, gate.text);
    case 'allowed': {
      const note = degradedNote(gate.verdict);
      return note ? html`<p part="degraded">${note}</p>` : nothing;
    }
    case 'error':
      return html`<p part="degraded"><code>${gate.error.code}</code> ${gate.error.message}</p>`;
    default:
      return nothing;
  }
}

function buttons(gate: Gate, actions: GateActions): TemplateResult | typeof nothing {
  switch (gate.name) {
    case 'warned':
      return html`<button part="button override" type="button" @click=${actions.sendAnyway}>Send anyway</button>`;
    case 'error':
      return html`<button part="button retry" type="button" @click=${actions.retry}>Retry</button>`;
    default:
      return nothing;
  }
}

/** The strip under the composer. Both live regions are there from the first render; only their text is swapped. */
export function gateView(gate: Gate, progress: LoadProgress | undefined, actions: GateActions): TemplateResult {
  const message = messageOf(gate);
  return html`<div part="gate" class=${message.tone}>
    <svg part="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${ICONS[message.tone].map((stroke) => svg`<path class=${stroke.class ?? nothing} d=${stroke.d} />`)}</svg>
    <div class="lines">
      <div role="status" part="status">${message.urgent ? nothing : words(message)}</div>
      <div role="alert" part="alert">${message.urgent ? words(message) : nothing}</div>
      ${body(gate, progress)}
    </div>
    ${buttons(gate, actions)}
  </div>`;
}
