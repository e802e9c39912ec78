import { queryAll, requestSubmit } from './dom.ts';

/** Does what a person did, once more; false where the element is gone. The page sees the same event as the one that was held. */
export type Replay = () => boolean;

/** Enter, and what the browser does after it where the page has nothing of its own in mind. */
export function replayEnter(event: KeyboardEvent, composer: HTMLElement): Replay {
  const target = event.composedPath()[0] ?? composer;
  const { key, code, location, ctrlKey, altKey, metaKey, keyCode } = event;
  const init: KeyboardEventInit = { key, code, location, ctrlKey, altKey, metaKey, keyCode, bubbles: true, cancelable: true, composed: true, view: window };
  return () => {
    if (!composer.isConnected) return false;
    const free =
      target.dispatchEvent(new KeyboardEvent('keydown', init)) && target.dispatchEvent(new KeyboardEvent('keypress', { ...init, charCode: keyCode }));
    if (free && !ctrlKey && !metaKey && !altKey) breakLineOrSubmit(composer);
    target.dispatchEvent(new KeyboardEvent('keyup', init));
    return true;
  };
}

/** Browsers do this for an Enter of a person's only. The commands keep the field's own undo whole. */
function breakLineOrSubmit(composer: HTMLElement): void {
  if (composer instanceof HTMLTextAreaElement) document.execCommand('insertLineBreak');
  else if (composer instanceof HTMLInputElement) submitFrom(composer);
  else document.execCommand('insertParagraph');
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
  const path = event.composedPath()[0];
  const target = path instanceof Element ? path : control;
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
    if (!control.isConnected) return false;
    const at = target.isConnected ? target : control;
    // A press by keyboard has no gesture.
    if (detail > 0) {
      at.dispatchEvent(new PointerEvent('pointerdown', { ...init, ...pointer, buttons: 1 }));
      at.dispatchEvent(new MouseEvent('mousedown', { ...init, buttons: 1 }));
      at.dispatchEvent(new PointerEvent('pointerup', { ...init, ...pointer }));
      at.dispatchEvent(new MouseEvent('mouseup', init));
    }
    at.dispatchEvent(new PointerEvent('click', { ...init, ...pointer }));
    return true;
  };
}

/** A form's submit, by the same button. */
export function replaySubmit(form: HTMLFormElement, submitter: HTMLElement | null): Replay {
  return () => {
    if (!form.isConnected) return false;
    requestSubmit(form, submitter?.isConnected ? submitter : null);
    return true;
  };
}
