import { visible } from '@portcullis/element';
import type { CheckedArgument, Provenance, Span, ToolVerdict } from '@portcullis/guard';
import { html, nothing, render, type TemplateResult } from 'lit';

const SOURCES: Readonly<Record<Provenance, string>> = {
  user: 'You said this',
  both: 'You said this, and so does what was read',
  context: 'From what was read, not from you',
  mixed: 'Only in part from you or from what was read',
  default: 'One of the tool’s own values',
  new: 'Nobody named this',
};

/** Asks about a call, or tells that it is blocked. True once the person allows it; closing the dialog in any other way denies. */
export function showCall(dialog: HTMLDialogElement, verdict: ToolVerdict): Promise<boolean> {
  // A fresh form, so that the focus starts on the answer that does no harm.
  render(nothing, dialog);
  render(callView(verdict), dialog);
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'allow'), { once: true }));
}

function callView(verdict: ToolVerdict): TemplateResult {
  const { decision, json, tool, arguments: given, findings, reason, degraded, context } = verdict;
  const blocked = decision === 'block';
  const marked = [tool, ...given].some(({ words }) => words.length > 0);
  const serious = findings.filter((finding) => finding.decision !== 'allow');
  return html`<form method="dialog">
    <h2 id="call-title">${blocked ? 'This call was blocked' : 'The agent wants to do something you may not have asked for'}</h2>
    <p id="call-reason" class="reason" data-testid="call-reason">${reason}</p>
    <p class="tool">Tool <code>${markedText(json, tool)}</code></p>
    <dl class="arguments" data-testid="call-arguments">${given.map((argument) => argumentRow(json, argument))}</dl>
    ${marked ? html`<p class="fine"><mark>Marked</mark> is what you did not ask for.</p>` : nothing}
    ${serious.length > 1 ? html`<ul class="why" data-testid="call-findings">${serious.map(({ title }) => html`<li>${title}</li>`)}</ul>` : nothing}
    ${context && context.decision !== 'allow' ? html`<p class="note" data-testid="call-context">What the agent read looks like an attack: ${context.reason}</p>` : nothing}
    ${degraded ? html`<p class="note" data-testid="call-degraded">The check was incomplete: ${degraded.reason.message}.</p>` : nothing}
    <div class="buttons">
      <button type="submit" value="deny" data-testid="call-deny" autofocus>${blocked ? 'Close' : 'Deny'}</button>
      ${blocked ? nothing : html`<button type="submit" value="allow" data-testid="call-allow">Allow once</button>`}
    </div>
  </form>`;
}

function argumentRow(json: string, argument: CheckedArgument): TemplateResult {
  return html`<div>
    <dt><code>${argument.path}</code></dt>
    <dd class="value"><code>${markedText(json, argument)}</code></dd>
    <dd class="source" data-provenance=${argument.provenance}>${SOURCES[argument.provenance]}</dd>
  </div>`;
}

/** A value as it stands in the call, the words that were not asked for marked. */
function markedText(json: string, { span: [start, end], words }: CheckedArgument): TemplateResult[] {
  const pieces: TemplateResult[] = [];
  const put = ([from, to]: Span, mark: boolean): void => {
    if (to <= from) return;
    const text = visible(json.slice(from, to));
    pieces.push(mark ? html`<mark data-testid="unasked">${text}</mark>` : html`${text}`);
  };
  let at = start;
  for (const [from, to] of words.toSorted((a, b) => a[0] - b[0])) {
    put([at, Math.max(at, from)], false);
    put([Math.max(at, from), to], true);
    at = Math.max(at, to);
  }
  put([at, end], false);
  return pieces;
}
