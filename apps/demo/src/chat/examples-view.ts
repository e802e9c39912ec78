import { html, type TemplateResult } from 'lit';
import { EXAMPLES, type Example } from '../examples.ts';

function card(example: Example, fill: (text: string) => void): TemplateResult {
  return html`<li>
    <button type="button" class="example" data-testid="example" data-kind=${example.kind} @click=${() => fill(example.text)}>
      <b>${example.title}</b><span>${example.text}</span>
    </button>
  </li>`;
}

/** Prompts to try, under the welcome. */
export function examplesView(fill: (text: string) => void): TemplateResult {
  const group = (kind: Example['kind']) => EXAMPLES.filter((example) => example.kind === kind).map((example) => card(example, fill));
  return html`<h3 id="try-attacks">Try an attack</h3>
    <ul class="examples" aria-labelledby="try-attacks">${group('attack')}</ul>
    <h3 id="try-ordinary">Or something ordinary</h3>
    <ul class="examples" aria-labelledby="try-ordinary">${group('ordinary')}</ul>
    <p class="fine">They fill the composer and wait for you to send.</p>`;
}
