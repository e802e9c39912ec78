import { html, type TemplateResult } from 'lit';
import { EXAMPLES } from '../examples.ts';
import { type AppState, hasBegun } from '../state.ts';
import { engineCard } from './engine-card.ts';
import type { Mark } from './meter.ts';
import { verdictCard } from './verdict-card.ts';

/** What can be done from the panel. */
export interface PanelActions {
  readonly copy: () => void;
  readonly fill: (text: string) => void;
}

function marksOf({ thresholds }: AppState): readonly Mark[] {
  if (thresholds === undefined) return [];
  const { warn, block } = thresholds;
  return [
    { name: 'warn', at: warn },
    { name: 'block', at: block },
  ];
}

// Once there is a conversation, the welcome and its examples are gone: they stay in reach here.
function examples(fill: PanelActions['fill']): TemplateResult {
  return html`<details class="card more">
    <summary>Try these</summary>
    <ul>${EXAMPLES.map(
      ({ title, kind, text }) =>
        html`<li><button type="button" class="link" data-testid="panel-example" @click=${() => fill(text)}>${title}</button> <span>${kind}</span></li>`,
    )}</ul>
  </details>`;
}

/** The inspector. The verdict comes first, unless there can be none for want of a guard. */
export function panelView(state: AppState, actions: PanelActions): TemplateResult {
  const engine = engineCard(state.engine);
  const verdict = verdictCard(state.last, marksOf(state), actions.copy);
  const cards = state.engine.phase !== 'failed' && state.thresholds ? html`${verdict} ${engine}` : html`${engine} ${verdict}`;
  return html`${cards} ${hasBegun(state) ? examples(actions.fill) : ''}`;
}
