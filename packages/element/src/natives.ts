// What the gate hangs on, as it is when this module is loaded: a script of the page that overwrites it later neither opens the gate nor blinds it.

/** A prototype's methods and getters as functions of what they are called on. */
type Unbound<T, Name extends keyof T> = {
  readonly [Key in Name]: T[Key] extends (...given: infer Given) => infer Result ? (self: T, ...given: Given) => Result : (self: T) => T[Key];
};

/** On a server there are none, and nothing that would call them. */
function natives<T extends object, const Name extends keyof T & string>(of: { readonly prototype: T } | undefined, ...names: Name[]): Unbound<T, Name> {
  const found: Record<string, unknown> = {};
  for (const name of of ? names : []) {
    const { get, value } = Object.getOwnPropertyDescriptor(of?.prototype, name) ?? {};
    found[name] = Function.prototype.call.bind(get ?? value);
  }
  return found as Unbound<T, Name>;
}

const page: Partial<typeof globalThis> = globalThis;
export const target = natives(page.EventTarget, 'addEventListener', 'dispatchEvent');
export const happening = natives(page.Event, 'type', 'composedPath', 'preventDefault', 'stopImmediatePropagation');
export const key = natives(page.KeyboardEvent, 'key', 'shiftKey', 'isComposing', 'keyCode', 'repeat');
export const node = natives(page.Node, 'getRootNode', 'contains');
export const element = natives(page.Element, 'matches', 'querySelector', 'shadowRoot');
export const htmlElement = natives(page.HTMLElement, 'isContentEditable', 'innerText');
const textarea = natives(page.HTMLTextAreaElement, 'value');
const input = natives(page.HTMLInputElement, 'value');
export const form = natives(page.HTMLFormElement, 'requestSubmit');

/** What a native getter says of a node; undefined of one that is not of its kind. */
function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The value of a native field, whatever has been put before it; undefined for another node. */
export const fieldValue = (field: HTMLElement): string | undefined =>
  orNothing(() => textarea.value(field as HTMLTextAreaElement)) ?? orNothing(() => input.value(field as HTMLInputElement));

/** Whether it is an element that a selector matches. */
export const matches = (of: EventTarget | null | undefined, selector: string): of is Element =>
  orNothing(() => element.matches(of as Element, selector)) === true;

/** Whether a person can write in it as in a page. */
export const isEditable = (of: EventTarget): boolean => orNothing(() => htmlElement.isContentEditable(of as HTMLElement)) === true;

/** The place in an event's path of the first that is meant, or -1. The methods of arrays can be overwritten, too. */
export function firstIn(path: readonly EventTarget[], isMeant: (one: EventTarget) => boolean): number {
  for (let index = 0; index < path.length; index++) if (isMeant(path[index] as EventTarget)) return index;
  return -1;
}
export const placeIn = (path: readonly EventTarget[], of: EventTarget): number => firstIn(path, (one) => one === of);
