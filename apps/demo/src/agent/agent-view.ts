import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentState, CallState, LogEntry } from './agent-state.ts';
import { STAND_IN_LABEL } from './stand-in-agent.ts';

/** Tasks to try. Filling the field with one starts nothing. */
export const TASKS: readonly { readonly title: string; readonly text: string }[] = [
  { title: 'A note, free', text: 'Read “Hut news” and note when it opens.' },
  { title: 'Mail that you ask for', text: 'Read “Trip report” and mail its summary to anna@home.example.' },
  { title: 'Mail to a known address', text: 'Read “Hut news” and mail its summary to keeper@hut.example.' },
  { title: 'A page with orders of its own', text: 'Read “Hut prices” and tell me what a night costs.' },
];

/** What can be done in the panel. */
export interface AgentActions {
  readonly fill: (text: string) => void;
  readonly run: (event: SubmitEvent) => void;
}

const OUTCOMES: Readonly<Record<CallState['kind'], string>> = {
  checking: 'Checking',
  executed: 'Done',
  denied: 'Denied, not done',
  blocked: 'Blocked, not done',
};

function line(entry: LogEntry): TemplateResult {
  switch (entry.kind) {
    case 'task':
      return html`<p class="user"><span class="bubble">${entry.text}</span></p>`;
    case 'said':
      return html`<p class="prose" data-testid="agent-said">${entry.text}</p>`;
    case 'call': {
      const { state } = entry;
      const asked = state.kind === 'executed' ? (state.asked ? ', after you allowed it' : ', without a question') : '';
      return html`<div class="call" data-testid="agent-call" data-tool=${entry.name} data-state=${state.kind}>
        <p><code>${entry.name}</code> <b>${OUTCOMES[state.kind]}${asked}</b></p>
        <p class="input"><code>${entry.input}</code></p>
        ${state.kind === 'denied' || state.kind === 'blocked' ? html`<p class="fine">${state.reason}</p>` : nothing}
      </div>`;
    }
  }
}

/** The agent: its task, what it did, and what it has in hand. */
export function agentView({ log, notes, outbox, busy }: AgentState, { fill, run }: AgentActions): TemplateResult {
  return html`<div class="view-column">
    <section class="welcome">
      <h2>An agent asks before it acts.</h2>
      <p>${STAND_IN_LABEL}. The guard checks each of its calls against your words. Nothing leaves this page: mail goes to the outbox below.</p>
      <ul class="examples" aria-label="Tasks to try">${TASKS.map(
        ({ title, text }) =>
          html`<li><button type="button" class="example" data-testid="agent-example" @click=${() => fill(text)}><b>${title}</b><span>${text}</span></button></li>`,
      )}</ul>
    </section>
    <form class="task" @submit=${run}>
      <label for="agent-task">Task</label>
      <input id="agent-task" name="task" data-testid="agent-task" autocomplete="off" required />
      <button type="submit" class="primary" data-testid="agent-run" aria-disabled=${busy ? 'true' : 'false'}>${busy ? 'At work' : 'Start'}</button>
    </form>
    <div class="lines" role="log" aria-label="What the agent does" data-testid="agent-log">${repeat(log, ({ id }) => id, line)}</div>
    <div class="hands">
      <section aria-labelledby="notes-title">
        <h3 id="notes-title">Notes</h3>
        <ul data-testid="agent-notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>
      </section>
      <section aria-labelledby="outbox-title">
        <h3 id="outbox-title">Outbox</h3>
        ${
          outbox.length === 0
            ? html`<p class="empty" data-testid="agent-outbox-empty">Empty. Nothing was sent.</p>`
            : html`<ul data-testid="agent-outbox">${outbox.map(({ to, subject, body }) => html`<li><b>${to}</b> ${subject}<p class="prose">${body}</p></li>`)}</ul>`
        }
      </section>
    </div>
  </div>`;
}
