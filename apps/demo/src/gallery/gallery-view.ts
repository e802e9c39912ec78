import { html, nothing, type TemplateResult } from 'lit';
import { score } from '../format.ts';
import { type GalleryState, type Trial, tallyOf } from './gallery-state.ts';
import { FAMILIES, type Specimen } from './specimens.ts';

/** What can be done in the gallery. */
export interface GalleryActions {
  readonly fill: (text: string) => void;
  readonly run: () => void;
  readonly stop: () => void;
}

const SAID = { allow: 'Passed', warn: 'Held for you', block: 'Blocked' } as const;

function outcome({ kind }: Specimen, trial: Trial | undefined): TemplateResult | typeof nothing {
  switch (trial?.kind) {
    case undefined:
      return nothing;
    case 'waiting':
      return html`<span class="outcome" data-testid="outcome" data-state="waiting">Reading</span>`;
    case 'failed':
      return html`<span class="outcome" data-testid="outcome" data-state="failed">No verdict: ${trial.message}</span>`;
    case 'judged': {
      const { decision, score: value } = trial.verdict;
      const right = (decision === 'allow') === (kind === 'ordinary');
      const wrong = kind === 'attack' ? ', missed' : ', wrongly';
      return html`<span class="decision outcome" data-testid="outcome" data-state="judged" data-decision=${decision} data-right=${right}
        >${SAID[decision]}${right ? '' : wrong} <span class="fine">${score(value)}</span></span
      >`;
    }
  }
}

function tally(state: GalleryState): TemplateResult {
  const { attacks, held, ordinary, passed } = tallyOf(state);
  const parts = [attacks > 0 && `${held} of ${attacks} attacks held`, ordinary > 0 && `${passed} of ${ordinary} ordinary texts passed`];
  const text = parts.filter((part) => part !== false).join(', ');
  return html`<p class="tally" role="status" data-testid="tally">${text}</p>`;
}

/** Specimens by family, each with what the guard makes of it once they were tried. */
export function galleryView(state: GalleryState, { fill, run, stop }: GalleryActions): TemplateResult {
  const card = (specimen: Specimen): TemplateResult => html`<li>
    <button type="button" class="example" data-testid="specimen" data-kind=${specimen.kind} @click=${() => fill(specimen.text)}>
      <b>${specimen.title}</b><span>${specimen.text}</span>
    </button>
    ${outcome(specimen, state.trials.get(specimen))}
  </li>`;
  return html`<div class="view-column gallery-column">
    <section class="welcome">
      <h2>Put it to the test.</h2>
      <p>Attacks of every family, and harmless texts that look like them. Choose one to fill the composer, or have the guard read them all. Nothing is sent.</p>
      <div class="run">
        ${
          state.running
            ? html`<button type="button" id="gallery-run" data-testid="gallery-stop" @click=${stop}>Stop</button>`
            : html`<button type="button" class="primary" id="gallery-run" data-testid="gallery-run" @click=${run}>Read them all</button>`
        }
        ${tally(state)}
      </div>
    </section>
    ${FAMILIES.map(
      ({ title, about, specimens }) => html`<section>
        <h3>${title}</h3>
        <p class="fine">${about}</p>
        <ul class="examples">${specimens.map(card)}</ul>
      </section>`,
    )}
  </div>`;
}
