import { createGuard, errorData, type Guard, type LoadProgress, type Policy, type PolicyInput, PortcullisError, type Verdict } from '@portcullis/guard';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { findComposer, readText, writeText } from './composer.ts';
import { retryEvent, type SendDetail, sendEvent, verdictEvent } from './events.ts';
import { edited, GATE_NAMES, type Gate, type GateName, judged, press } from './gate.ts';
import { gateView } from './gate-view.ts';
import { target } from './natives.ts';
import { styles } from './portcullis-guard.styles.ts';
import { isSendControl, SendInterceptor } from './send-interceptor.ts';
import { Speech } from './speech.ts';
import { isBroughtIn, scanWhileTyping } from './typing-scan.ts';
import { heldBy } from './validity.ts';

/**
 * @summary Wraps any composer and lets nothing out of it that the guard has not allowed.
 *
 * It reads the text while it is written, in the pauses, so that the verdict is mostly there at send. It holds Enter, send controls and
 * form submits before the page sees them, waits for the verdict if need be, and only then fires `portcullis-send`; the page sends there and
 * nowhere else. Without a working guard nothing is sent.
 *
 * It is a form control: while the text is known to be blocked, its form is invalid. With `native-submit` it submits its form by itself once the
 * text is allowed; with a `name`, too, the form holds the allowed text.
 *
 * @slot - The composer: a textarea, input, contenteditable, or a form with one. `data-portcullis-composer` marks it among several.
 * @slot send - A control that sends.
 * @event {CustomEvent<VerdictDetail>} portcullis-verdict - The verdict on a text that is about to be sent. `preventDefault()` keeps it from being sent.
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
 * @csspart hidden - What the text hides in characters that show nothing.
 * @csspart override-form - Asks for the reason of sending what was warned about, where the policy wants one; `override-reason` is its field.
 * @csspart button - Any button of the strip; also `override` (Send anyway), `remove` (hidden characters) and `retry`.
 * @cssstate loading - Models are loading; a send is held and goes on by itself.
 * @cssstate ready - Waiting for text.
 * @cssstate scanning - A text is being checked.
 * @cssstate allowed - The text was let through.
 * @cssstate warned - Held until a person decides.
 * @cssstate blocked - Refused.
 * @cssstate vetoed - Held by the page.
 * @cssstate error - No guard, nothing can be sent.
 * @cssstate checked - Beside `ready`: the verdict on the text as it stands is there already.
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
  static readonly formAssociated = true;
  static override readonly styles = styles;
  static override readonly properties = {
    guard: { attribute: false },
    bundle: {},
    backend: {},
    policy: {},
    progress: { attribute: false },
    nativeSubmit: { type: Boolean, attribute: 'native-submit' },
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

  /** Whether the form that the composer is in is submitted once its text is allowed, for pages that have no listener of their own. */
  declare nativeSubmit: boolean;

  readonly #internals = this.attachInternals();
  readonly #speech = new Speech(this, false);
  readonly #interceptor: SendInterceptor;
  #details: typeof import('./gate-details.ts') | undefined;
  #gate: Gate = { name: 'loading' };
  #guard: Guard | undefined;
  #own: Guard | undefined;
  #vouches: Guard['vouches'] = () => true;
  #clearing = false;
  readonly #typing = scanWhileTyping(
    () => {
      const { text } = this;
      return this.#guard && this.#gate.name === 'ready' && text.trim() !== '' ? { text, guard: this.#guard } : undefined;
    },
    (text, verdict) => this.#onTyped(text, verdict),
  );

  constructor() {
    super();
    this.nativeSubmit = false;
    this.#interceptor = new SendInterceptor(this, { onSend: () => this.#press(), onEdit: (event) => this.#onEdit(event) });
    // A form around it was to be submitted, and is held for the verdict that is there: it is shown.
    this.addEventListener('invalid', () => this.#press());
  }

  /** The form that it belongs to. */
  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  /** Whether its form may be submitted as far as the guard is concerned. */
  get validity(): ValidityState {
    return this.#internals.validity;
  }

  /** Why its form may not be submitted; empty if it may. */
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  formResetCallback(): void {
    this.#onEdit();
  }

  /** The state's name; also the `state` attribute and a custom state. Read-only: setting the attribute opens nothing. */
  get state(): GateName {
    return this.#gate.name;
  }

  /** The guard that reads for it: the app's, or its own; undefined where there is none. */
  get activeGuard(): Guard | undefined {
    return this.#guard;
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
    return html`<slot></slot><slot name="send"></slot>${gateView(this.#gate, this.progress, this.#speech, this.#detailsView(), () => this.#retry())}`;
  }

  #detailsView(): unknown {
    const { locale, foreign } = this.#speech;
    if (!this.#details || !locale) return nothing;
    const words = { locale, foreign };
    const actions = { sendAnyway: (reason?: string) => this.#sendAnyway(reason), fill: (text: string) => this.#refill(text) };
    return [this.#details.gateDetails(this.#gate, this.#overriding, words, actions), this.#details.hiddenNote(this.text, words, actions)];
  }

  /** How a person may send what was warned about. */
  get #overriding(): Policy['sendAnyway'] {
    return this.#guard?.policy.sendAnyway ?? 'never';
  }

  /** What most texts need nothing of; fetched once the guard is up, for the network may be gone later. */
  async #loadDetails(): Promise<void> {
    if (this.#details) return;
    const [details] = await Promise.all([import('./gate-details.ts').catch(() => undefined), this.#speech.locale ?? this.#speech.load()]);
    // Styles have a place from the first render on.
    await this.updateComplete;
    if (!details || this.#details) return;
    const { styleSheet } = details.detailSheet;
    if (styleSheet) this.shadowRoot?.adoptedStyleSheets.push(styleSheet);
    this.#details = details;
    this.requestUpdate();
  }

  #enter(gate: Gate): void {
    this.#gate = gate;
    this.setAttribute('state', gate.name);
    for (const name of GATE_NAMES) this.#internals.states.delete(name);
    this.#internals.states.add(gate.name);
    this.#internals.states.delete('checked');
    heldBy(this.#internals, findComposer(this), gate.name === 'blocked' ? gate.verdict : undefined);
    this.#internals.setFormValue(gate.name === 'allowed' ? gate.text : null);
    if (gate.name !== 'loading') void this.#loadDetails();
    this.requestUpdate();
  }

  #onTyped(text: string, verdict: Verdict): void {
    if (this.#gate.name !== 'ready' || this.text !== text) return;
    this.#internals.states.add('checked');
    heldBy(this.#internals, findComposer(this), verdict);
  }

  #fail(thrown: unknown): void {
    this.#enter({ name: 'error', error: errorData(thrown, 'worker-crashed') });
  }

  #disarm(): void {
    this.#typing.stop();
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
    // An app's own guard may have no such word: then the app answers for it.
    this.#vouches = guard?.vouches ?? (() => true);
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
    else {
      this.#enter({ name: 'ready' });
      this.#typing.edited(true);
    }
  }

  #onEdit(event?: Event): void {
    if (this.#clearing) return;
    this.#typing.edited(isBroughtIn(event));
    this.#enter(edited(this.#gate));
  }

  #press(): void {
    const { text } = this;
    const what = press(this.#gate, text);
    if (what === 'hold') this.#enter({ name: 'loading', held: text });
    if (what === 'scan') void this.#scan(text);
  }

  /** A verdict that is there already counts at once; one that is not is waited for, and the strip says so. */
  async #scan(text: string): Promise<void> {
    const guard = this.#guard;
    if (!guard) return;
    const { signal, verdict, answer } = this.#typing.read(text, guard);
    if (verdict) {
      this.#judge(text, verdict, signal);
      return;
    }
    this.#enter({ name: 'scanning', text });
    try {
      const awaited = await answer;
      if (!signal.aborted) this.#judge(text, awaited, signal);
    } catch (thrown) {
      if (!signal.aborted) this.#fail(thrown);
    }
  }

  #judge(text: string, verdict: Verdict, signal: AbortSignal): void {
    if (!this.#vouches(text, verdict)) {
      this.#fail(new PortcullisError('worker-crashed', 'what came is not the verdict of the engine on this text'));
      return;
    }
    // A page can change a field without an input event; what was scanned is then no longer what stands there.
    if (this.text !== text) {
      this.#enter({ name: 'ready' });
      return;
    }
    const passed = target.dispatchEvent(this, verdictEvent({ text, verdict }));
    // A listener may have edited the text or taken the guard away.
    if (signal.aborted) return;
    this.#typing.used();
    this.#enter(judged(text, verdict, !passed));
    this.#focusComposer();
    if (this.#gate.name === 'allowed') this.#send({ text, verdict, overridden: false });
  }

  #send(detail: SendDetail): void {
    target.dispatchEvent(this, sendEvent(detail));
    const form = this.#internals.form ?? findComposer(this)?.closest('form');
    if (this.nativeSubmit && form) this.#interceptor.submit(form);
  }

  /** After a press of Send the next thing is to write: on, or anew. A focus that has moved elsewhere is left where it is. */
  #focusComposer(): void {
    const { activeElement: active } = this.getRootNode() as Document | ShadowRoot;
    if (this.contains(active) && isSendControl(active)) findComposer(this)?.focus();
  }

  #sendAnyway(reason?: string): void {
    const mode = this.#overriding;
    if (this.#gate.name !== 'warned' || mode === 'never' || (mode === 'reason' && reason === undefined)) return;
    const { text, verdict } = this.#gate;
    if (this.text !== text) {
      this.#enter({ name: 'ready' });
      return;
    }
    // The button goes away: hand the focus it held back to the composer, not to the page.
    findComposer(this)?.focus();
    this.#enter({ name: 'allowed', text, verdict, overridden: true });
    this.#send({ text, verdict, overridden: true, ...(reason !== undefined && { reason }) });
  }

  #refill(text: string): void {
    findComposer(this)?.focus();
    this.fill(text);
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
