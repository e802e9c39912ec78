import { degradedNote, readingName, visible } from '@portcullis/element';
import type { Decision, Finding, Signal, SignalName, Verdict } from '@portcullis/guard';
import { html, nothing, type TemplateResult } from 'lit';
import { backendName, duration, score } from '../format.ts';
import type { LastVerdict } from '../state.ts';
import { type Mark, meter } from './meter.ts';

const DECISIONS: Record<Decision, string> = { allow: 'Allowed', warn: 'Held for you', block: 'Blocked' };
const SIGNALS: Record<SignalName, string> = {
  classifier: 'Classifier',
  lexical: 'Wording',
  trees: 'Trees',
  similarity: 'Likeness',
  intent: 'Intent unclear',
  anomaly: 'Anomaly',
  pattern: 'Patterns',
};

function signalRow(signal: Signal): TemplateResult {
  return html`<li data-testid="signal" data-signal=${signal.name}>${meter(SIGNALS[signal.name], signal.score, [])}</li>`;
}

function findingRow(finding: Finding, text: string): TemplateResult {
  const quote = visible('rule' in finding ? finding.excerpt : text.slice(finding.span[0], finding.span[1]));
  const ids = 'rule' in finding ? [finding.rule, ...finding.owasp, ...finding.atlas] : [finding.signal];
  return html`<li data-testid="finding">
    <p>${finding.title} ${'rule' in finding ? html`<span class="severity">${finding.severity}</span>` : nothing}</p>
    <q><bdi>${quote}</bdi></q>
    ${unwrapped(finding)}
    <p class="ids">${ids.map((id) => html`<code>${id}</code> `)}</p>
  </li>`;
}

/** What stood in the words that a person does not read at sight. */
function unwrapped(finding: Finding): TemplateResult | typeof nothing {
  if (!('rule' in finding) || finding.provenance === undefined || finding.matched === undefined) return nothing;
  return html`<p class="unwrapped" data-testid="unwrapped">Without its disguise (${readingName(finding.provenance)}): <q><bdi>${visible(finding.matched)}</bdi></q></p>`;
}

/** The verdict's JSON, as copied: the text itself is not in it. */
export function verdictJson(verdict: Verdict): string {
  return JSON.stringify(verdict, null, 2);
}

function filled({ verdict, text }: LastVerdict, marks: readonly Mark[], copy: () => void): TemplateResult {
  const note = degradedNote(verdict);
  return html`<p class="decision" data-testid="decision" data-decision=${verdict.decision}>${DECISIONS[verdict.decision]}</p>
    <p class="reason">${verdict.reason}</p>
    ${verdict.score === null ? nothing : meter('Score', verdict.score, marks)}
    ${marks.length > 0 ? html`<p class="scale" aria-hidden="true" data-testid="thresholds">${marks.map(({ name, at }) => `${name} ${score(at)}`).join(' · ')}</p>` : nothing}
    ${note ? html`<p class="note" data-testid="degraded">${note}</p>` : nothing}
    ${verdict.signals.length > 0 ? html`<h3>Signals</h3><ul class="signals" data-testid="signals">${verdict.signals.map(signalRow)}</ul>` : nothing}
    ${verdict.findings.length > 0 ? html`<h3>Findings</h3><ul class="findings" data-testid="findings">${verdict.findings.map((finding) => findingRow(finding, text))}</ul>` : nothing}
    <dl class="facts">
      <div><dt>Latency</dt><dd data-testid="latency" data-ms=${verdict.latencyMs}>${duration(verdict.latencyMs)}</dd></div>
      <div><dt>Ran on</dt><dd>${backendName(verdict.backend)}</dd></div>
      ${verdict.variant ? html`<div><dt>Read as</dt><dd data-testid="variant">${readingName(verdict.variant)}</dd></div>` : nothing}
      <div><dt>Confidence</dt><dd>${score(verdict.confidence)}</dd></div>
      <div><dt>Uncertainty</dt><dd>${score(verdict.uncertainty)}</dd></div>
    </dl>
    <button type="button" class="copy" data-testid="copy-verdict" @click=${copy}>Copy verdict as JSON</button>`;
}

/** Everything the last verdict says, or an invitation. */
export function verdictCard(last: LastVerdict | undefined, marks: readonly Mark[], copy: () => void): TemplateResult {
  return html`<section class="card" aria-labelledby="verdict-title" data-testid="verdict">
    <h2 id="verdict-title" tabindex="-1">Last verdict</h2>
    ${last ? filled(last, marks, copy) : html`<p class="empty">Send something and the reasons for its verdict show up here.</p>`}
  </section>`;
}
