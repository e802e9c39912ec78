import { html, nothing, type TemplateResult } from 'lit';
import { duration } from '../format.ts';
import type { SpeedState } from '../state.ts';
import { latenciesOf } from './speed.ts';

function facts(name: string, latencies: readonly number[]): TemplateResult | typeof nothing {
  const of = latenciesOf(latencies);
  if (of === undefined) return nothing;
  return html`<div><dt>${name}</dt><dd>${of.count} ${of.count === 1 ? 'text' : 'texts'}, median ${duration(of.median)}, 95 % within ${duration(of.p95)}</dd></div>`;
}

/** A bar for each scan, on one scale; the list beside it says the same. */
function bars(latencies: readonly number[], of: number): TemplateResult {
  const highest = Math.max(...latencies, 1);
  return html`<div class="bars-of" aria-hidden="true" .style=${`--of: ${of}`}>${latencies.map((ms) => html`<i .style=${`--share: ${(ms / highest).toFixed(3)}`}></i>`)}</div>`;
}

/** How fast the guard is on this device: over this visit's texts, and measured on request. */
export function speedCard({ visit, measured }: SpeedState, measure: () => void): TemplateResult {
  const busy = measured !== undefined && measured.latencies.length < measured.of && measured.failed === undefined;
  return html`<section class="card" aria-labelledby="speed-title" data-testid="speed">
    <h2 id="speed-title">Speed</h2>
    ${measured && measured.latencies.length > 0 ? bars(measured.latencies, measured.of) : nothing}
    ${visit.length > 0 || measured ? html`<dl class="facts">${facts('This visit', visit)} ${measured ? facts('Measured', measured.latencies) : nothing}</dl>` : nothing}
    ${measured?.failed === undefined ? nothing : html`<p class="note error">${measured.failed}</p>`}
    <button type="button" class="copy" data-testid="measure" aria-disabled=${busy ? 'true' : 'false'} @click=${busy ? nothing : measure}>${
      busy ? `Measuring, ${measured.latencies.length} of ${measured.of}` : 'Measure on this device'
    }</button>
    <p class="fine">Twenty scans of a text of some 64 tokens, one after the other.</p>
  </section>`;
}
