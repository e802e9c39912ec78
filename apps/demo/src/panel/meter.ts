import { html, type TemplateResult } from 'lit';
import { score } from '../format.ts';

/** A line across a meter: a threshold. */
export interface Mark {
  readonly name: string;
  readonly at: number;
}

// `.style`, the property, goes through the CSSOM: a style attribute would need 'unsafe-inline' in the page's policy.
/** A labelled bar from 0 to 1 with its number; marks are drawn on it and told in its label. */
export function meter(label: string, value: number, marks: readonly Mark[]): TemplateResult {
  const share = Math.max(0, Math.min(1, value));
  const told = marks.map(({ name, at }) => `, ${name} from ${score(at)}`).join('');
  return html`<div class="meter" role="meter" aria-label=${`${label}${told}`} aria-valuemin="0" aria-valuemax="1" aria-valuenow=${share}>
    <span class="name">${label}</span>
    <span class="track"
      ><span class="fill" .style=${`inline-size: ${share * 100}%`}></span>
      ${marks.map(({ name, at }) => html`<span class="mark" data-mark=${name} .style=${`inset-inline-start: ${at * 100}%`}></span>`)}
    </span>
    <span class="number">${score(value)}</span>
  </div>`;
}
