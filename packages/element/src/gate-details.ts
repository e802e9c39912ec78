import type { Policy, Verdict } from '@portcullis/guard';
import { type HiddenCharacters, hiddenCharacters } from '@portcullis/guard/hidden';
import { html, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { degradedNote } from './degraded-note.ts';
import { detailStyles } from './details.styles.ts';
import { type Excerpt, excerptsOf, type Found, visible } from './excerpts.ts';
import type { Gate } from './gate.ts';
import type { Locale } from './locales/locale.ts';

// Apart from the strip, which is there from the start: most texts are allowed, and need none of this.

/** How they look. */
export const detailSheet = unsafeCSS(detailStyles);

/** What the controls of the details do. */
export interface DetailActions {
  /** A person sends what was warned about; the reason where the policy wants one. */
  readonly sendAnyway: (reason?: string) => void;
  /** Puts the text without its hidden characters into the composer. */
  readonly fill: (text: string) => void;
}

/** What the details show in. */
export interface DetailWords {
  readonly locale: Locale;
  /** The language of what is not translated, where that is another than the element's. */
  readonly foreign: 'en' | undefined;
}

/** What stands below the state: findings, why a verdict is incomplete, and a way to send all the same where the policy has one. */
export function gateDetails(gate: Gate, sendAnyway: Policy['sendAnyway'], words: DetailWords, actions: DetailActions): TemplateResult | typeof nothing {
  switch (gate.name) {
    case 'warned':
      return html`${findings(gate.verdict, gate.text, words)}${override(sendAnyway, words.locale, actions)}`;
    case 'blocked':
      return findings(gate.verdict, gate.text, words);
    case 'allowed':
      return note(gate.verdict, words);
    default:
      return nothing;
  }
}

function findings(verdict: Verdict, text: string, words: DetailWords): TemplateResult {
  const excerpts = excerptsOf(verdict, text);
  const list = html`<ul part="findings" aria-label=${words.locale.found}>
    ${excerpts.map((excerpt) => excerptRow(excerpt, words))}
  </ul>`;
  return html`${excerpts.length === 0 ? nothing : list}${note(verdict, words)}`;
}

function excerptRow({ quote, unwrapped, found }: Excerpt, { locale, foreign }: DetailWords): TemplateResult {
  const how = unwrapped === undefined ? nothing : html`<span class="found" part="unwrapped">${locale.disguise(unwrapped)}</span>`;
  const sourced = ({ title, source }: Found) => html`<span class="found"><span lang=${foreign ?? nothing}>${title}</span> <code>${source}</code></span> `;
  return html`<li><span class="quote"><q><bdi>${quote}</bdi></q></span> ${how}${found.map(sourced)}</li>`;
}

function note(verdict: Verdict, { locale }: DetailWords): TemplateResult | typeof nothing {
  const said = degradedNote(verdict, locale.incomplete);
  return said === undefined ? nothing : html`<p part="degraded">${said}</p>`;
}

function override(mode: Policy['sendAnyway'], { sendAnyway, whySend }: Locale, actions: DetailActions): TemplateResult | typeof nothing {
  if (mode === 'never') return nothing;
  const button = (type: 'button' | 'submit', onClick?: () => void) =>
    html`<button part="button override" type=${type} @click=${onClick}>${sendAnyway}</button>`;
  if (mode === 'free') return html`<div class="row">${button('button', () => actions.sendAnyway())}</div>`;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const reason = new FormData(event.target as HTMLFormElement).get('reason');
    if (typeof reason === 'string' && reason.trim() !== '') actions.sendAnyway(reason.trim());
  };
  return html`<form class="row" part="override-form" @submit=${submit}>
    <label>${whySend}<input part="override-reason" name="reason" required maxlength="500" pattern=".*\\S.*" autocomplete="off" /></label>
    ${button('submit')}
  </form>`;
}

/** What a text hides in characters that show nothing, and a way to be rid of them; nothing where it hides none. */
export function hiddenNote(text: string, { locale }: DetailWords, actions: DetailActions): TemplateResult | typeof nothing {
  const hidden = hiddenCharacters(text);
  if (hidden.runs.length === 0) return nothing;
  const { count, kinds, say, remove } = locale.hidden;
  const total = hidden.runs.reduce((sum, run) => sum + run.count, 0);
  const named = [...new Set(hidden.runs.map(({ kind }) => kinds[kind]))].join(', ');
  return html`<p part="hidden">
    <span role="status"><strong>${count(total)}</strong> (${named}).${says(hidden, say)}</span>
    <button part="button remove" type="button" @click=${() => actions.fill(hidden.without)}>${remove}</button>
  </p>`;
}

function says({ says: texts }: HiddenCharacters, say: string): TemplateResult | typeof nothing {
  const [first] = texts;
  return first === undefined ? nothing : html` ${say} <q><bdi>${visible(first)}</bdi></q>`;
}
