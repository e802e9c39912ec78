import { attributeOf, parentElementOf, queryAll } from './dom.ts';

/** Attributes that outlive a site's next release better than its classes do, best first. */
const LASTING = ['id', 'data-testid', 'name', 'aria-label', 'placeholder', 'role'] as const;
const MAX_VALUE = 80;

/** What a build or a framework numbers: another value at the next load. */
const isNumbered = (value: string): boolean => /\d|:/.test(value);

function stepFor(element: Element): string {
  const tag = CSS.escape(element.localName);
  for (const name of LASTING) {
    const value = attributeOf(element, name);
    if (value !== null && value !== '' && value.length <= MAX_VALUE && !isNumbered(value)) return `${tag}[${name}="${CSS.escape(value)}"]`;
  }
  const parent = parentElementOf(element);
  const siblings = parent === null ? [] : Array.from(parent.children).filter(({ localName }) => localName === element.localName);
  return siblings.length > 1 ? `${tag}:nth-of-type(${siblings.indexOf(element) + 1})` : tag;
}

/** A CSS selector for one element within its tree, the document or a shadow root, as short as makes it the only match. */
export function selectorFor(element: Element): string {
  let selector = '';
  for (let at: Element | null = element; at !== null; at = parentElementOf(at)) {
    selector = selector === '' ? stepFor(at) : `${stepFor(at)} > ${selector}`;
    if (queryAll(element.getRootNode(), selector).length === 1) break;
  }
  return selector;
}
