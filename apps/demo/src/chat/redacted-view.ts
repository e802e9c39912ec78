import type { Redaction } from '@portcullis/guard';
import { html, type TemplateResult } from 'lit';

/** A text with its placeholders marked. */
export function marked(text: string, redactions: readonly Redaction[]): readonly (string | TemplateResult)[] {
  const placeholders = new Set(redactions.map(({ shown }) => shown));
  return text
    .split(/(\[[A-Z][A-Z0-9_]*\])/)
    .map((part) => (placeholders.has(part) ? html`<mark class="redacted" data-testid="redacted">${part}</mark>` : part));
}

/** What the placeholders stand for, as far as anybody may know. */
export function takenOut(redactions: readonly Redaction[]): TemplateResult {
  const once = [...new Map(redactions.map((redaction) => [redaction.shown, redaction])).values()];
  return html`<div class="taken-out" data-testid="taken-out">
    <p>The guard took out of this answer:</p>
    <ul>
      ${once.map(({ shown, title, rule, severity }) => html`<li><mark class="redacted">${shown}</mark> ${title} <span class="severity">${severity}</span> <code>${rule}</code></li>`)}
    </ul>
  </div>`;
}
