import type { Redaction } from '@portcullis/guard';
import { html, nothing, type TemplateResult } from 'lit';
import { EXAMPLES, type Example } from '../examples.ts';
import { duration, score } from '../format.ts';
import { type AppState, hasBegun, type Message } from '../state.ts';

/** What can be done from the conversation. */
export interface ThreadActions {
  readonly fill: (text: string) => void;
  readonly retry: () => void;
  readonly inspect: () => void;
}

function card(example: Example, fill: ThreadActions['fill']): TemplateResult {
  return html`<li>
    <button type="button" class="example" data-testid="example" data-kind=${example.kind} @click=${() => fill(example.text)}>
      <b>${example.title}</b><span>${example.text}</span>
    </button>
  </li>`;
}

function welcome(fill: ThreadActions['fill']): TemplateResult {
  const group = (kind: Example['kind']) => EXAMPLES.filter((example) => example.kind === kind).map((example) => card(example, fill));
  return html`<section class="welcome">
    <h2>Nothing passes unchecked.</h2>
    <p>Every message is read by a guard on this device before it is sent. What it holds stays in the composer, and goes nowhere.</p>
    <h3 id="try-attacks">Try an attack</h3>
    <ul class="examples" aria-labelledby="try-attacks">${group('attack')}</ul>
    <h3 id="try-ordinary">Or something ordinary</h3>
    <ul class="examples" aria-labelledby="try-ordinary">${group('ordinary')}</ul>
    <p class="fine">They fill the composer and wait for you to send.</p>
  </section>`;
}

/** A text with its placeholders marked. */
function marked(text: string, redactions: readonly Redaction[]): readonly (string | TemplateResult)[] {
  const placeholders = new Set(redactions.map(({ shown }) => shown));
  return text
    .split(/(\[[A-Z][A-Z0-9_]*\])/)
    .map((part) => (placeholders.has(part) ? html`<mark class="redacted" data-testid="redacted">${part}</mark>` : part));
}

/** What the placeholders stand for, as far as anybody may know. */
function takenOut(redactions: readonly Redaction[]): TemplateResult {
  const once = [...new Map(redactions.map((redaction) => [redaction.shown, redaction])).values()];
  return html`<div class="taken-out" data-testid="taken-out">
    <p>The guard took out of this answer:</p>
    <ul>
      ${once.map(({ shown, title, rule, severity }) => html`<li><mark class="redacted">${shown}</mark> ${title} <span class="severity">${severity}</span> <code>${rule}</code></li>`)}
    </ul>
  </div>`;
}

function line(message: Message, explained: boolean, actions: ThreadActions): TemplateResult {
  switch (message.kind) {
    case 'user':
      return html`<article class="user" data-testid="message-user" aria-label="You">
        <p class="bubble">${message.text}</p>
        <p class="meta">
          ${message.overridden ? 'Sent at your word' : message.verdict.degraded ? 'Passed, check incomplete' : 'Passed'} · score ${score(message.verdict.score)} ·
          ${duration(message.verdict.latencyMs)}
        </p>
      </article>`;
    case 'held':
      return html`<p class="held" data-testid="message-held">
        <span>${message.count === 1 ? 'A prompt was' : `${message.count} prompts were`} held, and not sent.</span>
        ${explained ? html`<button type="button" class="link" @click=${actions.inspect}>Why?</button>` : nothing}
      </p>`;
    case 'waiting':
      return html`<p class="assistant waiting" data-testid="message-waiting"><span class="meta">${message.label}</span><span class="dots" role="img" aria-label="Answering"></span></p>`;
    case 'assistant':
      return html`<article class="assistant" data-testid="message-assistant" aria-label="Assistant">
        <p class="meta">${message.label}</p>
        ${message.text === '' ? nothing : html`<p class="prose">${marked(message.text, message.redactions)}</p>`}
        ${message.redactions.length === 0 ? nothing : takenOut(message.redactions)}
        ${
          message.stopped === undefined
            ? nothing
            : html`<p class="stopped" data-testid="message-stopped"><b>The guard stopped this answer.</b> ${message.stopped}</p>`
        }
      </article>`;
    case 'failed':
      return html`<div class="failed" data-testid="message-failed">
        <p><b>No answer.</b> ${message.error}</p>
        <button type="button" data-testid="retry-answer" @click=${actions.retry}>Retry</button>
      </div>`;
  }
}

/** The conversation; until it has begun, under the welcome. */
export function threadView(state: AppState, actions: ThreadActions): TemplateResult {
  const { messages, last } = state;
  // The inspector has the last verdict only: it can say why for the last of the notes.
  const explained = last?.verdict.decision === 'block' ? messages.findLast((message) => message.kind === 'held') : undefined;
  const lines = messages.map((message) => line(message, message === explained, actions));
  return html`${hasBegun(state) ? nothing : welcome(actions.fill)}<div class="lines">${lines}</div>`;
}
