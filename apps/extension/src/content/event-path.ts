import { ancestry } from './dom.ts';

/** Closed trees that were seen. Once the extension is updated under the page, the browser opens no more of them. */
const seen = new WeakMap<HTMLElement, ShadowRoot>();

/** An element's shadow tree, closed ones included: extensions may open those. Firefox has the same as a property. */
function shadowOf(element: HTMLElement): ShadowRoot | null {
  if (chrome.runtime?.id === undefined) return seen.get(element) ?? element.shadowRoot;
  const firefoxs = element as { readonly openOrClosedShadowRoot?: ShadowRoot | null };
  const shadow = chrome.dom === undefined ? (firefoxs.openOrClosedShadowRoot ?? null) : chrome.dom.openOrClosedShadowRoot(element);
  if (shadow !== null) seen.set(element, shadow);
  return shadow;
}

/** Hosts of shadow trees that are this extension's own: nothing in them belongs to the page. */
export const ownHosts = new WeakSet<EventTarget>();

/** Where in a shadow tree an event happened: under the pointer, or where the focus is. A click without a pointer is a key's. */
function targetIn(root: ShadowRoot, event: Event): Element | null {
  if (event instanceof MouseEvent && (event.type !== 'click' || event.detail > 0)) return root.elementFromPoint(event.clientX, event.clientY);
  const touch = window.TouchEvent !== undefined && event instanceof TouchEvent ? event.changedTouches[0] : undefined;
  return touch === undefined ? root.activeElement : root.elementFromPoint(touch.clientX, touch.clientY);
}

/** An event's path, innermost first. Unlike `composedPath()` it goes on into closed shadow trees, which a listener outside of them is not told of. */
export function pathOf(event: Event): readonly EventTarget[] {
  const path = event.composedPath();
  let [target] = path;
  while (target instanceof HTMLElement && !ownHosts.has(target)) {
    const shadow = shadowOf(target);
    const inner = shadow === null ? null : targetIn(shadow, event);
    if (shadow === null || inner === null || inner === target || path.includes(shadow)) break;
    target = inner;
  }
  return target === path[0] || !(target instanceof Node) ? path : [...ancestry(target), window];
}
