import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isComposer } from './composer.ts';

const SEND_CONTROL = '[slot="send"], button[type="submit" i], input[type="submit" i], input[type="image" i]';

/** Enter that ends an IME composition picks a candidate. Safari reports it after the composition, with keyCode 229 only. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True for a control that sends when it is pressed. */
export function isSendControl(node: EventTarget | null): boolean {
  if (!(node instanceof Element)) return false;
  // A button without a type submits its form, and does nothing outside of one.
  return node.matches(SEND_CONTROL) || (node instanceof HTMLButtonElement && node.type === 'submit' && node.form !== null);
}

/** What the interceptor tells its host. */
export interface SendHandlers {
  readonly onSend: () => void;
  readonly onEdit: (event: Event) => void;
}

/**
 * Holds every way of sending from inside its host: Enter, a send control, a form's submit. Listens in the capture phase on the
 * window, before any listener the page has put on the composer, the form or a framework's root; what it holds, none of them sees.
 */
export class SendInterceptor implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #handlers: SendHandlers;
  #listening: AbortController | undefined;
  #passing = false;

  constructor(host: ReactiveControllerHost & HTMLElement, handlers: SendHandlers) {
    this.#host = host;
    this.#handlers = handlers;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const options = { capture: true, signal: this.#listening.signal };
    for (const type of ['keydown', 'keypress', 'keyup'] as const) window.addEventListener(type, this.#onKey, options);
    window.addEventListener('click', this.#onClick, options);
    window.addEventListener('submit', this.#onSubmit, options);
    // Submit events do not leave a shadow tree.
    const root = this.#host.getRootNode();
    if (root instanceof ShadowRoot) root.addEventListener('submit', this.#onSubmit, options);
    this.#host.addEventListener('input', this.#onInput, options);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  /** Submits a form as if nobody listened here: the browser checks its fields, the page's own listeners see it. */
  submit(form: HTMLFormElement): void {
    this.#passing = true;
    form.requestSubmit();
    this.#passing = false;
  }

  /** True of what the host itself shows. */
  #isOwn(node: EventTarget | undefined): boolean {
    return node instanceof Node && node.getRootNode() === this.#host.shadowRoot;
  }

  #hold(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  readonly #onInput = (event: Event): void => {
    if (!this.#isOwn(event.composedPath()[0])) this.#handlers.onEdit(event);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    const path = event.composedPath();
    if (!path.includes(this.#host) || !isComposer(path[0]) || this.#isOwn(path[0])) return;
    this.#hold(event);
    // A key kept down is one press; pages that send on keypress or keyup are held by the same rule.
    if (event.type === 'keydown' && !event.repeat) this.#handlers.onSend();
  };

  readonly #onClick = (event: Event): void => {
    const path = event.composedPath();
    const inside = path.slice(0, Math.max(0, path.indexOf(this.#host)));
    if (!inside.some(isSendControl) || this.#isOwn(path[0])) return;
    this.#hold(event);
    this.#handlers.onSend();
  };

  readonly #onSubmit = (event: Event): void => {
    const form = event.composedPath()[0];
    if (this.#passing) return;
    // The form may be inside the host or around it.
    if (!(form instanceof Element) || !(event.composedPath().includes(this.#host) || form.contains(this.#host))) return;
    this.#hold(event);
    this.#handlers.onSend();
  };
}
