import type { Attribution, Guard, Verdict } from '@portcullis/guard';
import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { degradedNote } from './degraded-note.ts';
import type { SendDetail, VerdictDetail } from './events.ts';
import { type Excerpt, excerptsOf, type Found, visible } from './excerpts.ts';
import { followGate } from './follow-gate.ts';
import type { Tone } from './gate-said.ts';
import { ICONS } from './icons.ts';
import type { Locale } from './locales/locale.ts';
import { stepped, stretchesOf } from './marked-text.ts';
import type { PortcullisGuard } from './portcullis-guard.ts';
import { reportStyles } from './portcullis-report.styles.ts';
import { scoreText } from './score-text.ts';
import { Speech } from './speech.ts';

/** A text with its verdict, and the reason of who sent it all the same. */
type Reported = VerdictDetail & Partial<Pick<SendDetail, 'overridden' | 'reason'>>;

/** The words of a text: not asked for, on their way, there, or not to be had. */
type Marking = { readonly name: 'idle' | 'marking' | 'failed' } | { readonly name: 'marked'; readonly attribution: Attribution };

const TONES: Readonly<Record<Verdict['decision'], Tone>> = { allow: 'ok', warn: 'warn', block: 'block' };
const MOST_FINDINGS = 12;

/**
 * @summary Shows a verdict whole: what was decided and why, all that was found, at a press the words that made it, and the alert as JSON.
 *
 * Give it a `reported` text and a `guard`, or the id of a `<portcullis-guard>` in `for`, whose latest verdict it then shows.
 *
 * @slot - Below the rest: actions of the page's own.
 * @slot empty - In place of the words where nothing was checked yet.
 * @csspart report - The whole.
 * @csspart icon - The decision's icon.
 * @csspart headline - The decision.
 * @csspart reason - Why, in a sentence.
 * @csspart figures - Score and confidence.
 * @csspart findings - The list of what was found, with quotes.
 * @csspart degraded - Why the verdict is incomplete.
 * @csspart override - Why it was sent all the same.
 * @csspart marked - The text with its marks.
 * @csspart mark - A marked word or phrase; also `strong`, `middling` or `weak`.
 * @csspart alert - The alert as JSON.
 * @csspart button - Any button; also `mark-button` and `copy`.
 * @cssstate empty - Nothing was checked yet.
 * @cssstate allow - Allowed.
 * @cssstate warn - Held for a decision.
 * @cssstate block - Blocked.
 * @cssproperty --portcullis-text - Text.
 * @cssproperty --portcullis-muted - Secondary text.
 * @cssproperty --portcullis-border - Hairlines.
 * @cssproperty --portcullis-surface - Background.
 * @cssproperty --portcullis-accent - Focus.
 * @cssproperty --portcullis-ok - Allowed.
 * @cssproperty --portcullis-warn - Held.
 * @cssproperty --portcullis-block - Blocked, and the marks.
 * @cssproperty --portcullis-radius - Corner radius.
 */
export class PortcullisReport extends LitElement {
  static override readonly styles = reportStyles;
  static override readonly properties = { guard: { attribute: false }, reported: { attribute: false }, for: {} };

  /** The guard that is asked for the words. */
  declare guard: Guard | undefined;
  /** The text and its verdict. */
  declare reported: Reported | undefined;
  /** Id of a `<portcullis-guard>`, whose verdicts and guard it then takes. */
  declare for: string | undefined;

  readonly #internals = this.attachInternals();
  readonly #speech = new Speech(this, true);
  #unfollow: (() => void) | undefined;
  #gate: PortcullisGuard | undefined;
  #listening = new AbortController();
  #marking: Marking = { name: 'idle' };
  #asking = new AbortController();
  #alert: string | undefined;
  #copied: boolean | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#find();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
    this.#listening.abort();
    this.#asking.abort();
    this.#gate = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('for')) this.#find();
    if (changed.has('reported')) this.#begin();
    const { states } = this.#internals;
    for (const name of ['empty', ...Object.keys(TONES)]) states.delete(name);
    states.add(this.reported?.verdict.decision ?? 'empty');
  }

  override render(): TemplateResult | typeof nothing {
    const { locale, foreign } = this.#speech;
    const { reported } = this;
    if (!locale) return nothing;
    if (!reported) return html`<section part="report" aria-label=${locale.report.title}><slot name="empty"><p>${locale.report.empty}</p></slot></section>`;
    const { text, verdict, reason } = reported;
    const tone = TONES[verdict.decision];
    const note = degradedNote(verdict, locale.incomplete);
    return html`<section part="report" class=${tone} aria-label=${locale.report.title}>
      <header>
        <svg part="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${ICONS[tone].map(({ d }) => svg`<path d=${d} />`)}</svg>
        <p role="status"><strong part="headline">${locale.report.decisions[verdict.decision]}.</strong> <span part="reason" lang=${foreign ?? nothing}>${verdict.reason}</span></p>
      </header>
      ${figures(verdict, locale)} ${note === undefined ? nothing : html`<p part="degraded">${note}</p>`}
      ${reason === undefined ? nothing : html`<p part="override">${locale.report.overridden} <q><bdi>${visible(reason)}</bdi></q></p>`}
      ${findingsList(verdict, text, locale, foreign)}${this.#marks(text, locale)}${this.#alertView(locale)}
      <slot></slot>
    </section>`;
  }

  #find(): void {
    this.#unfollow?.();
    this.#unfollow = this.for ? followGate(this, this.for, { onGate: (gate) => this.#listenTo(gate) }) : undefined;
  }

  #listenTo(gate: PortcullisGuard): void {
    if (gate === this.#gate) return;
    this.#gate = gate;
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    gate.addEventListener('portcullis-verdict', ({ detail }) => this.#report(detail), { signal });
    gate.addEventListener('portcullis-send', ({ detail }) => detail.overridden && this.#report(detail), { signal });
  }

  #report(reported: Reported): void {
    this.reported = reported;
  }

  /** Another text: what was asked about the last one no longer counts. */
  #begin(): void {
    this.#asking.abort();
    this.#asking = new AbortController();
    this.#marking = { name: 'idle' };
    this.#copied = undefined;
    this.#alert = undefined;
    if (this.reported) void this.#writeAlert(this.reported);
  }

  async #writeAlert(reported: Reported): Promise<void> {
    const { alertOf } = await import('@portcullis/guard/alert');
    if (this.reported !== reported) return;
    const { text, verdict, overridden, reason } = reported;
    const override = overridden ? { override: reason === undefined ? {} : { reason } } : {};
    this.#alert = JSON.stringify(alertOf(verdict, { text, time: Date.now(), role: 'user', ...override }), null, 2);
    this.requestUpdate();
  }

  async #mark(text: string): Promise<void> {
    const guard = this.guard ?? this.#gate?.activeGuard;
    const { signal } = this.#asking;
    this.#enter({ name: 'marking' });
    const attribution = await guard?.attribution(text, { signal }).catch(() => undefined);
    if (!signal.aborted) this.#enter(attribution ? { name: 'marked', attribution } : { name: 'failed' });
  }

  #enter(marking: Marking): void {
    this.#marking = marking;
    this.requestUpdate();
  }

  async #copy(alert: string): Promise<void> {
    this.#copied = await navigator.clipboard.writeText(alert).then(
      () => true,
      () => false,
    );
    this.requestUpdate();
  }

  #marks(text: string, { report }: Locale): TemplateResult | typeof nothing {
    const marking = this.#marking;
    const said = { idle: '', marking: `${report.marking}.`, failed: report.failed, marked: '' }[marking.name];
    const found = marking.name === 'marked' ? marking.attribution.marks : [];
    return html`<div class="marks">
      ${marking.name === 'marked' ? nothing : html`<button part="button mark-button" type="button" aria-disabled=${marking.name === 'marking'} @click=${() => marking.name !== 'marking' && this.#mark(text)}>${report.mark}</button>`}
      <p role="status">${marking.name === 'marked' ? (found.length > 0 ? report.marked : report.unmarked) : said}</p>
      ${found.length === 0 ? nothing : html`<p part="marked" tabindex="0" role="group" aria-label=${report.marked}><bdi>${stretchesOf(text, stepped(found)).map(stretch)}</bdi></p>`}
    </div>`;
  }

  #alertView({ report }: Locale): TemplateResult | typeof nothing {
    const alert = this.#alert;
    if (alert === undefined) return nothing;
    const said = this.#copied === undefined ? '' : this.#copied ? report.copied : report.notCopied;
    return html`<details>
      <summary>${report.alert}</summary>
      <pre part="alert" tabindex="0" role="group" aria-label=${report.alert} lang="en" dir="ltr">${alert}</pre>
      <p class="row"><button part="button copy" type="button" @click=${() => this.#copy(alert)}>${report.copy}</button><span role="status">${said}</span></p>
    </details>`;
  }
}

function figures({ score, confidence }: Verdict, { report }: Locale): TemplateResult {
  const figure = (name: string, value: number | null) => html`<div><dt>${name}</dt><dd>${scoreText(value)}</dd></div>`;
  return html`<dl part="figures">${figure(report.score, score)}${figure(report.confidence, confidence)}</dl>`;
}

function findingsList(verdict: Verdict, text: string, locale: Locale, foreign: 'en' | undefined): TemplateResult | typeof nothing {
  const excerpts = excerptsOf(verdict, text, MOST_FINDINGS);
  if (excerpts.length === 0) return nothing;
  const severity = ({ source }: Found) => verdict.findings.find((finding) => 'rule' in finding && finding.rule === source);
  const found = (one: Found) => {
    const rule = severity(one);
    const grave = rule && 'rule' in rule ? html` · ${locale.report.severities[rule.severity]}` : nothing;
    return html`<span class="found"><span lang=${foreign ?? nothing}>${one.title}</span> <code>${one.source}</code>${grave}</span> `;
  };
  const row = ({ quote, unwrapped, found: all }: Excerpt) =>
    html`<li><span class="quote"><q><bdi>${quote}</bdi></q></span> ${unwrapped === undefined ? nothing : html`<span class="found">${locale.disguise(unwrapped)}</span>`}${all.map(found)}</li>`;
  return html`<ul part="findings" aria-label=${locale.found}>${excerpts.map(row)}</ul>`;
}

function stretch({ text, weight }: { readonly text: string; readonly weight: number }): TemplateResult {
  const shown = text.split('\n').map((line, index) => html`${index === 0 ? nothing : html`<br />`}${visible(line)}`);
  if (weight === 0) return html`${shown}`;
  const strength = weight === 1 ? 'strong' : weight === 0.6 ? 'middling' : 'weak';
  return html`<mark part=${`mark ${strength}`} class=${strength}>${shown}</mark>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'portcullis-report': PortcullisReport;
  }
}
