import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isComposer } from './composer.ts';
import { element, firstIn, form as forms, happening, key, matches, node as nodes, placeIn, target } from './natives.ts';

const SEND_CONTROL =
  '[slot="send"], button[type="submit" i], input[type="submit" i], input[type="image" i], ' +
  // A button without a type submits its form, and does nothing outside of one.
  'button:is(form *, [form]):not([type="button" i], [type="reset" i])';

/** Enter that ends an IME composition picks a candidate. Safari reports it after the composition, with keyCode 229 only. */
function isComposing(event: KeyboardEvent): boolean {
  return key.isComposing(event) || key.keyCode(event) === 229;
}

/** True for a control that sends when it is pressed. */
export function isSendControl(node: EventTarget | null): boolean {
  return matches(node, SEND_CONTROL);
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
    const listen = (to: EventTarget, type: string, listener: (event: never) => void): void =>
      target.addEventListener(to, type, listener as (event: Event) => void, options);
    for (const type of ['keydown', 'keypress', 'keyup']) listen(window, type, this.#onKey);
    listen(window, 'click', this.#onClick);
    listen(window, 'submit', this.#onSubmit);
    // Submit events do not leave a shadow tree.
    const root = nodes.getRootNode(this.#host);
    if (root instanceof ShadowRoot) listen(root, 'submit', this.#onSubmit);
    listen(this.#host, 'input', this.#onInput);
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  /** Submits a form as if nobody listened here: the browser checks its fields, the page's own listeners see it. */
  submit(form: HTMLFormElement): void {
    this.#passing = true;
    forms.requestSubmit(form);
    this.#passing = false;
  }

  /** True of what the host itself shows. */
  #isOwn(node: EventTarget | undefined): boolean {
    return node !== undefined && node !== window && nodes.getRootNode(node as Node) === element.shadowRoot(this.#host);
  }

  #hold(event: Event): void {
    happening.preventDefault(event);
    happening.stopImmediatePropagation(event);
  }

  readonly #onInput = (event: Event): void => {
    if (!this.#isOwn(happening.composedPath(event)[0])) this.#handlers.onEdit(event);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (key.key(event) !== 'Enter' || key.shiftKey(event) || isComposing(event)) return;
    const path = happening.composedPath(event);
    if (placeIn(path, this.#host) < 0 || !isComposer(path[0]) || this.#isOwn(path[0])) return;
    this.#hold(event);
    // A key kept down is one press; pages that send on keypress or keyup are held by the same rule.
    if (happening.type(event) === 'keydown' && !key.repeat(event)) this.#handlers.onSend();
  };

  readonly #onClick = (event: Event): void => {
    const path = happening.composedPath(event);
    const control = firstIn(path, isSendControl);
    if (control < 0 || control > placeIn(path, this.#host) || this.#isOwn(path[0])) return;
    this.#hold(event);
    this.#handlers.onSend();
  };

  readonly #onSubmit = (event: Event): void => {
    const path = happening.composedPath(event);
    const form = path[0];
    if (this.#passing) return;
    // The form may be inside the host or around it.
    if (!matches(form, '*') || !(placeIn(path, this.#host) >= 0 || nodes.contains(form, this.#host))) return;
    this.#hold(event);
    this.#handlers.onSend();
  };
}
