import { createGuard, errorData, type Guard, type LoadProgress, type PolicyInput, PortcullisError, type Verdict } from '@portcullis/guard';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { findComposer, readText, writeText } from './composer.ts';
import { retryEvent, sendEvent, verdictEvent } from './events.ts';
import { edited, GATE_NAMES, type Gate, type GateName, judged, press } from './gate.ts';
import { gateView } from './gate-view.ts';
import { styles } from './portcullis-guard.styles.ts';
import { isSendControl, SendInterceptor } from './send-interceptor.ts';

/**
 * @summary Wraps any composer and lets nothing out of it that the guard has not allowed.
 *
 * It holds Enter, send controls and form submits before the page sees them, scans the text, and only then fires
 * `portcullis-send`; the page sends there and nowhere else. Without a working guard nothing is sent.
 *
 * @slot - The composer: a textarea, input, contenteditable, or a form with one. `data-portcullis-composer` marks it among several.
 * @slot send - A control that sends.
 * @event {CustomEvent<VerdictDetail>} portcullis-verdict - Every verdict. `preventDefault()` keeps the text from being sent.
 * @event {CustomEvent<SendDetail>} portcullis-send - The text may go out: send `detail.text`, then call `clear()`.
 * @event {CustomEvent<undefined>} portcullis-retry - Retry was pressed; an app that gave its own `guard` gives a new one.
 * @csspart gate - The strip under the composer.
 * @csspart icon - The state's icon.
 * @csspart status - Polite live region.
 * @csspart alert - Assertive live region, for blocked and error.
 * @csspart headline - The state in a few words.
 * @csspart reason - Why, in a sentence.
 * @csspart findings - The list of what was found, with quotes.
 * @csspart degraded - Why a verdict is incomplete, or the error's own message.
 * @csspart progress - Loading progress.
 * @csspart button - Any button of the strip; also `override` (Send anyway) and `retry`.
 * @cssstate loading - Models are loading; a send is held and goes on by itself.
 * @cssstate ready - Waiting for text.
 * @cssstate scanning - A text is being checked.
 * @cssstate allowed - The text was let through.
 * @cssstate warned - Held until a person decides.
 * @cssstate blocked - Refused.
 * @cssstate vetoed - Held by the page.
 * @cssstate error - No guard, nothing can be sent.
 * @cssproperty --portcullis-text - Text.
 * @cssproperty --portcullis-muted - Secondary text.
 * @cssproperty --portcullis-border - Hairlines.
 * @cssproperty --portcullis-surface - Background.
 * @cssproperty --portcullis-accent - Focus and progress.
 * @cssproperty --portcullis-ok - Allowed.
 * @cssproperty --portcullis-warn - Warned.
 * @cssproperty --portcullis-block - Blocked and error.
 * @cssproperty --portcullis-radius - Corner radius.
 */
export class PortcullisGuard extends LitElement {
  static override readonly styles = styles;
  static override readonly properties = {
    guard: { attribute: false },
    bundle: {},
    backend: {},
    policy: {},
    progress: { attribute: false },
  };

  /** A guard of the app's own; the element never closes it. */
  declare guard: Guard | undefined;
  /** URL of the bundle's folder, for a guard the element makes and closes itself. */
  declare bundle: string | undefined;
  declare backend: 'auto' | 'webgpu' | 'wasm' | undefined;
  /** Policy as JSON. */
  declare policy: string | undefined;
  /** How far loading is; an app with its own guard sets it, else the element does. */
  declare progress: LoadProgress | undefined;

  readonly #internals = this.attachInternals();
  #gate: Gate = { name: 'loading' };
  #guard: Guard | undefined;
  #own: Guard | undefined;
  #scanning: AbortController | undefined;
  #clearing = false;

  constructor() {
    super();
    new SendInterceptor(this, { onSend: () => this.#press(), onEdit: () => this.#onEdit() });
  }

  /** The state's name; also the `state` attribute and a custom state. Read-only: setting the attribute opens nothing. */
  get state(): GateName {
    return this.#gate.name;
  }

  /** What the composer holds now. */
  get text(): string {
    const composer = findComposer(this);
    return composer ? readText(composer) : '';
  }

  /** Puts a text into the composer, as if typed. Sends nothing. */
  fill(text: string): void {
    const composer = findComposer(this);
    if (composer) writeText(composer, text);
  }

  /** Empties the composer after a send. Rich editors may ignore it: empty those by their own means. */
  clear(): void {
    // The emptying is no edit: the verdict of what was just sent stays to be seen.
    this.#clearing = this.#gate.name === 'allowed';
    this.fill('');
    this.#clearing = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#enter(this.#gate);
    if (this.hasUpdated) this.#arm();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disarm();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || changed.has('guard') || changed.has('bundle') || changed.has('backend') || changed.has('policy')) this.#arm();
  }

  override render(): TemplateResult {
    const actions = { sendAnyway: () => this.#sendAnyway(), retry: () => this.#retry() };
    return html`<slot></slot><slot name="send"></slot>${gateView(this.#gate, this.progress, actions)}`;
  }

  #enter(gate: Gate): void {
    this.#gate = gate;
    this.setAttribute('state', gate.name);
    for (const name of GATE_NAMES) this.#internals.states.delete(name);
    this.#internals.states.add(gate.name);
    this.requestUpdate();
  }

  #fail(thrown: unknown): void {
    this.#enter({ name: 'error', error: errorData(thrown, 'worker-crashed') });
  }

  #disarm(): void {
    this.#scanning?.abort();
    this.#own?.close();
    this.#own = undefined;
    this.#guard = undefined;
  }

  /** Takes up the guard in force and waits for it. A text that is held already stays held for the new one. */
  #arm(): void {
    this.#disarm();
    this.#enter(this.#gate.name === 'loading' ? this.#gate : { name: 'loading' });
    try {
      this.#guard = this.guard ?? this.#make();
    } catch (thrown) {
      this.#fail(thrown);
      return;
    }
    const guard = this.#guard;
    guard?.ready.then(
      () => this.#guard === guard && this.#onReady(),
      (thrown: unknown) => this.#guard === guard && this.#fail(thrown),
    );
  }

  #make(): Guard | undefined {
    if (this.bundle === undefined) return undefined;
    this.#own = createGuard({
      bundle: this.bundle,
      backend: this.backend ?? 'auto',
      policy: parsePolicyAttribute(this.policy),
      onProgress: (progress) => {
        this.progress = progress;
      },
    });
    return this.#own;
  }

  #onReady(): void {
    if (this.#gate.name !== 'loading') return;
    const { held } = this.#gate;
    if (held !== undefined && held === this.text) void this.#scan(held);
    else this.#enter({ name: 'ready' });
  }

  #onEdit(): void {
    if (this.#clearing) return;
    this.#scanning?.abort();
    this.#enter(edited(this.#gate));
  }

  #press(): void {
    const { text } = this;
    const what = press(this.#gate, text);
    if (what === 'hold') this.#enter({ name: 'loading', held: text });
    if (what === 'scan') void this.#scan(text);
  }

  async #scan(text: string): Promise<void> {
    const guard = this.#guard;
    if (!guard) return;
    const scanning = new AbortController();
    this.#scanning = scanning;
    this.#enter({ name: 'scanning', text });
    try {
      const verdict = await guard.scan(text, { signal: scanning.signal });
      if (!scanning.signal.aborted) this.#judge(text, verdict, scanning.signal);
    } catch (thrown) {
      if (!scanning.signal.aborted) this.#fail(thrown);
    }
  }

  #judge(text: string, verdict: Verdict, signal: AbortSignal): void {
    // A page can change a field without an input event; what was scanned is then no longer what stands there.
    if (this.text !== text) {
      this.#enter({ name: 'ready' });
      return;
    }
    const passed = this.dispatchEvent(verdictEvent({ text, verdict }));
    // A listener may have edited the text or taken the guard away.
    if (signal.aborted) return;
    this.#enter(judged(text, verdict, !passed));
    this.#focusComposer();
    if (this.#gate.name === 'allowed') this.dispatchEvent(sendEvent({ text, verdict, overridden: false }));
  }

  /** After a press of Send the next thing is to write: on, or anew. A focus that has moved elsewhere is left where it is. */
  #focusComposer(): void {
    const { activeElement: active } = this.getRootNode() as Document | ShadowRoot;
    if (this.contains(active) && isSendControl(active)) findComposer(this)?.focus();
  }

  #sendAnyway(): void {
    if (this.#gate.name !== 'warned') return;
    const { text, verdict } = this.#gate;
    if (this.text !== text) {
      this.#enter({ name: 'ready' });
      return;
    }
    // The button goes away: hand the focus it held back to the composer, not to the page.
    findComposer(this)?.focus();
    this.#enter({ name: 'allowed', text, verdict, overridden: true });
    this.dispatchEvent(sendEvent({ text, verdict, overridden: true }));
  }

  #retry(): void {
    findComposer(this)?.focus();
    this.progress = undefined;
    // First the app, which may put a new guard in place; then that one is waited for.
    this.dispatchEvent(retryEvent());
    this.#arm();
  }
}

function parsePolicyAttribute(json: string | undefined): PolicyInput {
  if (!json) return {};
  try {
    return JSON.parse(json) as PolicyInput;
  } catch (cause) {
    throw new PortcullisError('policy-invalid', 'the policy attribute is not JSON', { cause });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portcullis-guard': PortcullisGuard;
  }
}
