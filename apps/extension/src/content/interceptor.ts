import { isBroughtIn } from '@portcullis/element/typing-scan';
import type { Site } from '../shared/sites.ts';
import { composerOf, composersNear, readAll, writtenIn } from './composer.ts';
import { isWithin, root } from './dom.ts';
import { pathOf } from './event-path.ts';
import { type Replay, replayEnter, replayPress, replaySubmit } from './replay.ts';
import { sendControlOn } from './send-control.ts';

/** One try to send what stands in some composers. */
export interface Attempt {
  readonly composers: readonly HTMLElement[];
  /** What stands in them now, or undefined where the page does not hold all of it. */
  read(): string | undefined;
  /** Lets it through. */
  readonly replay: Replay;
}

export interface SendHandlers {
  /** True for a text that may go as it is: then the page gets the event untouched. */
  isFree(attempt: Attempt): boolean;
  /** The page does not get this event. */
  onHeld(attempt: Attempt): void;
  onEdit(): void;
  /** A person writes; `read` gives what Enter would send then. Comes before the text has changed, and once more after it where the editor lets the browser change it. */
  onWriting(read: () => string | undefined, soon: boolean): void;
  /** What was held could not be looked at. */
  onFault(error: unknown): void;
  /** Somebody begins to write. */
  onFocus(): void;
}

/** Enter that ends an IME composition picks a candidate. Some browsers report it after the composition, with keyCode 229 only. */
const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

const GESTURE = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'touchstart', 'touchend'] as const;

/**
 * Holds every way to send: Enter, a control that sends, a form's submit. Listens in the capture phase on the window, from before the
 * page's first script: what is held, no listener of the page sees. Shift + Enter and an IME's Enter pass.
 * @returns a function that replays an attempt. Meanwhile nothing is held that says what the attempt says; anything else still is.
 */
export function interceptSends(site: Site | undefined, handlers: SendHandlers): (attempt: Attempt) => boolean {
  /** What may pass while an attempt is replayed. The page's own listeners run meanwhile, and may have more in mind. */
  let passing: ReadonlyMap<HTMLElement, string | undefined> = new Map();
  let written: HTMLElement | undefined;
  /** Enter is down, and the page has not seen it. */
  let enterHeld = false;
  /** The pointer is down on a control that sends, and the page has not seen it: it sees the whole press or none of it, whatever becomes known meanwhile. */
  let pressHeld = false;

  const hold = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const attemptOf = (composers: readonly HTMLElement[], replay: Replay): Attempt => ({ composers, read: () => readAll(composers), replay });

  /** True for an attempt that has to be held: there is a text, and it is not known to be free. */
  const isHeld = (attempt: Attempt): boolean => attempt.read()?.trim() !== '' && !handlers.isFree(attempt) && !passes(attempt);

  const passes = ({ composers }: Attempt): boolean => composers.every((composer) => passing.has(composer) && passing.get(composer) === readAll([composer]));

  const sentByEnterIn = (composer: HTMLElement): HTMLElement[] => {
    const { form } = composer as Partial<HTMLInputElement>;
    return [...new Set([composer, ...(form ? writtenIn(form) : [])])];
  };

  const onKeydown = (event: KeyboardEvent): void => {
    pressHeld = false;
    if (event.key !== 'Enter') return;
    enterHeld = false;
    if (event.shiftKey || isComposing(event)) return;
    const composer = composerOf(pathOf(event));
    if (composer === undefined) return;
    const attempt = attemptOf(sentByEnterIn(composer), replayEnter(event, composer));
    if (!isHeld(attempt)) return;
    enterHeld = true;
    hold(event);
    // A key kept down is one press.
    if (!event.repeat) handlers.onHeld(attempt);
  };

  /** Pages that send on these are held by the same rule. */
  const onKeyAfter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !enterHeld) return;
    if (event.type === 'keyup') enterHeld = false;
    hold(event);
  };

  const onPress = (event: Event): void => {
    const control = sendControlOn(pathOf(event), site);
    if (control === undefined) return;
    const { form } = control as Partial<HTMLButtonElement>;
    const composers = form ? writtenIn(form) : [];
    if (form && written !== undefined && isWithin(form, written) && !composers.includes(written)) composers.push(written);
    const sent = composers.length > 0 ? composers : composersNear(control, written);
    const attempt = attemptOf(sent, event instanceof MouseEvent ? replayPress(event, control) : () => false);
    if (event.type === 'pointerdown') pressHeld = false;
    if (sent.length === 0 || passes(attempt) || !(pressHeld || isHeld(attempt))) return;
    pressHeld = event.type !== 'click';
    if (event.type === 'click') {
      hold(event);
      handlers.onHeld(attempt);
      return;
    }
    event.stopImmediatePropagation();
    // The focus stays where the text is.
    if (event.type === 'mousedown') event.preventDefault();
  };

  const onSubmit = (event: SubmitEvent): void => {
    const [form] = event.composedPath();
    if (!(form instanceof HTMLFormElement)) return;
    const attempt = attemptOf(writtenIn(form), replaySubmit(form, event.submitter));
    if (attempt.composers.length === 0 || !isHeld(attempt)) return;
    hold(event);
    handlers.onHeld(attempt);
  };

  /** A page whose DOM trips the search up must not get its event for it. */
  const guarded =
    <Held extends Event>(listener: (event: Held) => void) =>
    (event: Event): void => {
      try {
        listener(event as Held);
      } catch (error) {
        hold(event);
        handlers.onFault(error);
      }
    };

  const submits = guarded(onSubmit);
  const onFocus = (event: Event): void => {
    const path = pathOf(event);
    const composer = composerOf(path);
    if (composer === undefined) return;
    written = composer;
    // Submit events do not leave a shadow tree.
    for (const tree of path) if (tree instanceof ShadowRoot) tree.addEventListener('submit', submits, { capture: true });
    handlers.onFocus();
  };

  const onInput = (event: Event): void => {
    const composer = composerOf(pathOf(event));
    if (composer === undefined) return;
    if (event.type === 'input') handlers.onEdit();
    // What scripts write is read when it is sent: they could write for ever.
    if (event.isTrusted) handlers.onWriting(() => readAll(sentByEnterIn(composer)), isBroughtIn(event));
  };

  const listeners: readonly (readonly [types: readonly string[], listener: (event: Event) => void])[] = [
    [['keydown'], guarded(onKeydown)],
    [['keypress', 'keyup'], guarded(onKeyAfter)],
    [[...GESTURE, 'click'], guarded(onPress)],
    [['submit'], submits],
    [['focusin'], onFocus],
    // Editors that change the text by themselves let no input event come of it.
    [['beforeinput', 'input'], onInput],
  ];
  // Adding one that is there already does nothing.
  const listen = (): void => {
    for (const [types, listener] of listeners) for (const type of types) window.addEventListener(type, listener, { capture: true });
  };
  listen();
  // `document.open()` takes every listener off the window, and puts another root in the place of the old one; observers stay.
  let known = root();
  new MutationObserver(() => {
    if (root() === known) return;
    known = root();
    listen();
  }).observe(document, { childList: true });

  return (attempt) => {
    passing = new Map(attempt.composers.map((composer) => [composer, readAll([composer])]));
    try {
      return attempt.replay();
    } finally {
      passing = new Map();
    }
  };
}
