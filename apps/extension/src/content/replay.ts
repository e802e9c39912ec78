import { dispatch, execCommand, isConnected, queryAll, requestSubmit } from './dom.ts';
import { pathOf } from './event-path.ts';

/** Does what a person did, once more; false where the element is gone. The page sees the same event as the one that was held. */
export type Replay = () => boolean;

/** Enter, and what the browser does after it where the page has nothing of its own in mind. */
export function replayEnter(event: KeyboardEvent, composer: HTMLElement): Replay {
  const target = pathOf(event)[0] ?? composer;
  const { key, code, location, ctrlKey, altKey, metaKey, keyCode } = event;
  const init: KeyboardEventInit = { key, code, location, ctrlKey, altKey, metaKey, keyCode, bubbles: true, cancelable: true, composed: true, view: window };
  return () => {
    if (!isConnected(composer)) return false;
    const free = dispatch(target, new KeyboardEvent('keydown', init)) && dispatch(target, new KeyboardEvent('keypress', { ...init, charCode: keyCode }));
    if (free && !ctrlKey && !metaKey && !altKey) breakLineOrSubmit(composer);
    dispatch(target, new KeyboardEvent('keyup', init));
    return true;
  };
}

/** Browsers do this for an Enter of a person's only. The commands keep the field's own undo whole. */
function breakLineOrSubmit(composer: HTMLElement): void {
  if (composer instanceof HTMLTextAreaElement) execCommand('insertLineBreak');
  else if (composer instanceof HTMLInputElement) submitFrom(composer);
  else execCommand('insertParagraph');
}

/** HTML, 4.10.21.2, implicit submission: by the form's first button that submits, or without one if this is the only field. */
function submitFrom({ form }: HTMLInputElement): void {
  if (form === null) return;
  const [button] = queryAll(form, 'button, input').filter((each) => 'type' in each && (each.type === 'submit' || each.type === 'image'));
  if (button !== undefined) button.click();
  else if (queryAll(form, 'input:not([type="hidden" i], [type="button" i], [type="checkbox" i], [type="radio" i])').length === 1) requestSubmit(form, null);
}

/** A press of a control: the whole gesture for one of the pointer, since pages act on any part of it. */
export function replayPress(event: MouseEvent, control: HTMLElement): Replay {
  const innermost = pathOf(event)[0];
  const target = innermost instanceof Element ? innermost : control;
  const { detail, clientX, clientY, screenX, screenY, ctrlKey, altKey, shiftKey, metaKey } = event;
  const init = {
    detail,
    clientX,
    clientY,
    screenX,
    screenY,
    ctrlKey,
    altKey,
    shiftKey,
    metaKey,
    bubbles: true,
    cancelable: true,
    composed: true,
    view: window,
  };
  const pointer = event instanceof PointerEvent ? { pointerId: event.pointerId, pointerType: event.pointerType, isPrimary: true } : {};
  return () => {
    if (!isConnected(control)) return false;
    const at = isConnected(target) ? target : control;
    // A press by keyboard has no gesture.
    if (detail > 0) {
      dispatch(at, new PointerEvent('pointerdown', { ...init, ...pointer, buttons: 1 }));
      dispatch(at, new MouseEvent('mousedown', { ...init, buttons: 1 }));
      dispatch(at, new PointerEvent('pointerup', { ...init, ...pointer }));
      dispatch(at, new MouseEvent('mouseup', init));
    }
    dispatch(at, new PointerEvent('click', { ...init, ...pointer }));
    return true;
  };
}

/** A form's submit, by the same button. */
export function replaySubmit(form: HTMLFormElement, submitter: HTMLElement | null): Replay {
  return () => {
    if (!isConnected(form)) return false;
    requestSubmit(form, submitter !== null && isConnected(submitter) ? submitter : null);
    return true;
  };
}
