import { html, nothing, type TemplateResult } from 'lit';
import { duration, score } from '../format.ts';
import { type AppState, hasBegun, type Message } from '../state.ts';

/** What can be done from the conversation. */
export interface ThreadActions {
  readonly fill: (text: string) => void;
  readonly retry: () => void;
  readonly inspect: () => void;
}

/** What is drawn once its code is there: prompts to try, and what was taken out of answers. */
type LaterViews = typeof import('./later-views.ts');

const welcome = (examples: unknown): TemplateResult => html`<section class="welcome">
  <h2>Nothing passes unchecked.</h2>
  <p>Every message is read by a guard on this device before it is sent. What it holds stays in the composer, and goes nowhere.</p>
  ${examples}
</section>`;

function line(message: Message, explained: boolean, actions: ThreadActions, later: LaterViews | undefined): TemplateResult {
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
        ${message.text === '' ? nothing : html`<p class="prose">${later?.marked(message.text, message.redactions) ?? message.text}</p>`}
        ${message.redactions.length === 0 ? nothing : later?.takenOut(message.redactions)}
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
export function threadView(state: AppState, actions: ThreadActions, later: LaterViews | undefined): TemplateResult {
  const { messages, last } = state;
  // The inspector has the last verdict only: it can say why for the last of the notes.
  const explained = last?.verdict.decision === 'block' ? messages.findLast((message) => message.kind === 'held') : undefined;
  const lines = messages.map((message) => line(message, message === explained, actions, later));
  return html`${hasBegun(state) ? nothing : welcome(later?.examplesView(actions.fill))}<div class="lines">${lines}</div>`;
}
