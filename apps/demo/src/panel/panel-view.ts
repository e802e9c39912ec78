import { html, type nothing, type TemplateResult } from 'lit';
import { EXAMPLES } from '../examples.ts';
import { type AppState, hasBegun } from '../state.ts';
import { engineCard } from './engine-card.ts';
import type { Mark } from './meter.ts';
import { speedCard } from './speed-card.ts';
import { verdictCard } from './verdict-card.ts';

/** What can be done from the panel. */
export interface PanelActions {
  readonly copy: () => void;
  readonly measure: () => void;
  readonly fill: (text: string) => void;
}

export function marksOf({ thresholds }: AppState): readonly Mark[] {
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

/** The inspector. The verdict comes first, unless there can be none for want of a guard. `risk`: the conversation's card, once there is one. */
export function panelView(state: AppState, actions: PanelActions, risk: TemplateResult | typeof nothing): TemplateResult {
  const engine = engineCard(state.engine);
  const verdict = verdictCard(state.last, marksOf(state), actions.copy);
  const cards = state.engine.phase !== 'failed' && state.thresholds ? html`${verdict} ${risk} ${engine}` : html`${engine} ${verdict} ${risk}`;
  const speed = state.engine.phase === 'ready' || state.engine.phase === 'asleep' ? speedCard(state.speed, actions.measure) : '';
  return html`${cards} ${speed} ${hasBegun(state) ? examples(actions.fill) : ''}`;
}
