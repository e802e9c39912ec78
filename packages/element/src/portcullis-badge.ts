import type { EngineState, Guard, LoadProgress } from '@portcullis/guard';
import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult, unsafeCSS } from 'lit';
import { followGate, followGuard } from './follow-gate.ts';
import type { Tone } from './gate-said.ts';
import { ICONS } from './icons.ts';
import { progressText } from './progress-text.ts';
import { Speech } from './speech.ts';
import { tokens } from './tokens.styles.ts';

/** What a badge shows of its guard. */
export type BadgeState = 'none' | 'loading' | 'ready' | 'degraded' | 'asleep' | 'failed';

const STATES: Readonly<Record<BadgeState, Tone>> = { none: 'error', loading: 'busy', ready: 'ok', degraded: 'warn', asleep: 'quiet', failed: 'error' };

/**
 * @summary Shows how the guard is: loading and how far, ready and on what it runs, at rest, incomplete, or not running.
 *
 * Give it a guard, or the id of a `<portcullis-guard>` in `for`.
 *
 * @slot - In place of the words; the icon stays.
 * @csspart badge - The whole.
 * @csspart icon - The state's icon.
 * @csspart label - The state in words.
 * @csspart detail - How far loading is, or the backend.
 * @cssstate none - There is no guard.
 * @cssstate loading - Models are loading.
 * @cssstate ready - The guard runs.
 * @cssstate degraded - The guard runs, and its last verdict was incomplete.
 * @cssstate asleep - Nothing runs; the next text starts it.
 * @cssstate failed - The guard could not be started.
 * @cssproperty --portcullis-text - Text.
 * @cssproperty --portcullis-muted - Secondary text.
 * @cssproperty --portcullis-border - Hairline.
 * @cssproperty --portcullis-surface - Background.
 * @cssproperty --portcullis-accent - Loading.
 * @cssproperty --portcullis-ok - Ready.
 * @cssproperty --portcullis-warn - Incomplete.
 * @cssproperty --portcullis-block - Not running.
 */
export class PortcullisBadge extends LitElement {
  static override readonly styles = css`
    ${unsafeCSS(tokens)}

    :host {
      display: inline-block;
      max-inline-size: 100%;
    }

    :host([hidden]) {
      display: none;
    }

    [part='badge'] {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 2px 8px;
      padding: 4px 12px 4px 8px;
      border: 1px solid var(--_border);
      border-radius: 999px;
      background: var(--_surface);
      color: var(--_text);
      font: 400 0.8125rem / 1.45 system-ui, sans-serif;
    }

    [part='detail'] {
      color: var(--_muted);
      font-variant-numeric: tabular-nums;
    }
  `;
  static override readonly properties = { guard: { attribute: false }, for: {} };

  /** The guard that it tells of. */
  declare guard: Guard | undefined;
  /** Id of a `<portcullis-guard>`, whose guard it then tells of. */
  declare for: string | undefined;

  readonly #internals = this.attachInternals();
  readonly #speech = new Speech(this, true);
  #degraded = false;
  #progress: LoadProgress | undefined;
  #unfollow: (() => void) | undefined;
  readonly #follower = followGuard((guard) => [
    guard.on('state', () => this.requestUpdate()),
    guard.on('progress', (progress) => {
      this.#progress = progress;
      this.requestUpdate();
    }),
    guard.on('verdict', ({ verdict }) => {
      this.#degraded = verdict.degraded !== undefined;
      this.requestUpdate();
    }),
  ]);

  /** The state's name, also a custom state. */
  get state(): BadgeState {
    const phase = this.#follower.guard?.state.phase ?? 'none';
    return phase === 'ready' && this.#degraded ? 'degraded' : phase;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#find();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
    this.#follower.follow(undefined);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('guard') || changed.has('for')) this.#find();
    for (const name of Object.keys(STATES)) this.#internals.states.delete(name);
    this.#internals.states.add(this.state);
  }

  override render(): TemplateResult {
    const { state } = this;
    const tone = STATES[state];
    const words = this.#speech.locale?.badge;
    const detail = this.#detail(this.#follower.guard?.state);
    return html`<div part="badge" class=${tone}>
      <svg part="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${ICONS[tone].map((stroke) => svg`<path class=${stroke.class ?? nothing} d=${stroke.d} />`)}</svg>
      <slot><span part="label" role="status">${words?.[state]}</span>${detail === undefined ? nothing : html`<span part="detail">${detail}</span>`}</slot>
    </div>`;
  }

  #find(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
    if (this.guard) this.#follow(this.guard);
    else if (this.for) this.#unfollow = followGate(this, this.for, { onGate: ({ activeGuard }) => this.#follow(activeGuard) });
    else this.#follow(undefined);
  }

  #follow(guard: Guard | undefined): void {
    if (guard === this.#follower.guard) return;
    this.#degraded = false;
    this.#progress = undefined;
    this.#follower.follow(guard);
    this.requestUpdate();
  }

  /** Figures are for the eye only: a live region would read out each of them. */
  #detail(state: EngineState | undefined): string | undefined {
    const { locale } = this.#speech;
    if (!locale || !state) return undefined;
    if (state.phase === 'ready') return locale.badge.backends[state.info.backend];
    return state.phase === 'loading' && this.#progress ? progressText(this.#progress, locale.gate) : undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portcullis-badge': PortcullisBadge;
  }
}
