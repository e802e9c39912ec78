// A form's and a document's own members can be hidden by elements that bear their names, here as in the page's own scripts. These are the prototypes'.

function getter<This, Value>(prototype: object, name: string): (node: This) => Value {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new Error(`no getter ${name}`);
  return (node) => get.call(node) as Value;
}

export const matches = (node: Element, selector: string): boolean => Element.prototype.matches.call(node, selector);
export const attributeOf = (node: Element, name: string): string | null => Element.prototype.getAttribute.call(node, name);
export const isDrawn = (node: Element): boolean => Element.prototype.checkVisibility.call(node);
export const boxOf = (node: Element): DOMRect => Element.prototype.getBoundingClientRect.call(node);
export const dispatch = (target: EventTarget, event: Event): boolean => EventTarget.prototype.dispatchEvent.call(target, event);
export const isConnected = getter<Node, boolean>(Node.prototype, 'isConnected');
export const isEditable = getter<HTMLElement, boolean>(HTMLElement.prototype, 'isContentEditable');
export const parentElementOf = getter<Node, HTMLElement | null>(Node.prototype, 'parentElement');
/** What is drawn of an element's text, with the line breaks of its boxes. */
export const drawnText = getter<HTMLElement, string>(HTMLElement.prototype, 'innerText');
/** All text in a node. */
export const wholeText = getter<Node, string | null>(Node.prototype, 'textContent');
export const widthOf = getter<Element, number>(Element.prototype, 'clientWidth');

const rootElement = getter<Document, HTMLElement>(Document.prototype, 'documentElement');
/** The page's root element, whatever that is. */
export const root = (): HTMLElement => rootElement(document);

export const create = (tag: string): HTMLElement => Document.prototype.createElement.call(document, tag);
export const createSvg = (tag: string): Element => Document.prototype.createElementNS.call(document, 'http://www.w3.org/2000/svg', tag);
export const append = (parent: Node, node: Node): Node => Node.prototype.appendChild.call(parent, node);
export const execCommand = (command: string): boolean => Document.prototype.execCommand.call(document, command);
export const requestSubmit = (form: HTMLFormElement, submitter: HTMLElement | null): void => HTMLFormElement.prototype.requestSubmit.call(form, submitter);

/** All matches within an element, a document or a shadow root, in order. */
export function queryAll(scope: Node, selector: string): HTMLElement[] {
  const { prototype } = scope instanceof Element ? Element : scope instanceof Document ? Document : DocumentFragment;
  return Array.from(prototype.querySelectorAll.call(scope, selector) as NodeListOf<HTMLElement>);
}

const parentNode = getter<Node, ParentNode | null>(Node.prototype, 'parentNode');

/** A node's parent, out of shadow trees, too. */
export const parentOf = (node: Node): Node | null => (node instanceof ShadowRoot ? node.host : parentNode(node));

/** A node and all that is around it, out of shadow trees, too. */
export function* ancestry(node: Node): Generator<Node> {
  for (let at: Node | null = node; at !== null; at = parentOf(at)) yield at;
}

/** True for a node in `scope` or in a shadow tree within it. */
export function isWithin(scope: Node, node: Node): boolean {
  for (const at of ancestry(node)) if (at === scope) return true;
  return false;
}
