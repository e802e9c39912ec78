// A form's and a document's own methods can be hidden by elements that bear their names. These are the prototypes'.

export const matches = (node: Element, selector: string): boolean => Element.prototype.matches.call(node, selector);

/** All matches within an element, a document or a shadow root, in order. */
export function queryAll(scope: Node, selector: string): HTMLElement[] {
  const { prototype } = scope instanceof Element ? Element : scope instanceof Document ? Document : DocumentFragment;
  return Array.from(prototype.querySelectorAll.call(scope, selector) as NodeListOf<HTMLElement>);
}

export const requestSubmit = (form: HTMLFormElement, submitter: HTMLElement | null): void => HTMLFormElement.prototype.requestSubmit.call(form, submitter);

const parentNode = Object.getOwnPropertyDescriptor(Node.prototype, 'parentNode')?.get as (this: Node) => ParentNode | null;

/** A node's parent, out of shadow trees, too. */
export const parentOf = (node: Node): Node | null => (node instanceof ShadowRoot ? node.host : parentNode.call(node));

/** True for a node in `scope` or in a shadow tree within it. */
export function isWithin(scope: Node, node: Node): boolean {
  for (let at: Node | null = node; at !== null; at = parentOf(at)) if (at === scope) return true;
  return false;
}
