import { element, fieldValue, htmlElement, isEditable, matches } from './natives.ts';

/** A page may mark its composer where the search below would find the wrong field. */
const MARKED = '[data-portcullis-composer]';
const FIELDS = 'textarea, input:not([type]), input[type="text" i], input[type="search" i], [contenteditable]:not([contenteditable="false" i])';

/** The field a person writes in, in the light DOM of `root`: the marked one, else the first. */
export function findComposer(root: Element): HTMLElement | null {
  return (element.querySelector(root, MARKED) ?? element.querySelector(root, FIELDS)) as HTMLElement | null;
}

/** True for a node that Enter sends from. */
export function isComposer(node: EventTarget | undefined): node is HTMLElement {
  return node !== undefined && (isEditable(node) || matches(node, `${MARKED}, ${FIELDS}`));
}

/** Custom elements that serve as composers have a string `value`, like the native fields. */
function hasValue(composer: HTMLElement): composer is HTMLElement & { value: string } {
  return 'value' in composer && typeof composer.value === 'string';
}

/** The text as a person sees it. */
export function readText(composer: HTMLElement): string {
  return fieldValue(composer) ?? (hasValue(composer) ? composer.value : htmlElement.innerText(composer));
}

/** Replaces the text and tells the page so, as if it had been typed. */
export function writeText(composer: HTMLElement, text: string): void {
  if (hasValue(composer)) {
    // Frameworks shadow `value` on the instance to track it; the prototype's setter is the one they notice.
    const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(composer), 'value')?.set;
    if (setter) setter.call(composer, text);
    else composer.value = text;
  } else {
    composer.textContent = text;
  }
  composer.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText', data: text }));
}
