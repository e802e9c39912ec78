import { ancestry, drawnText, isDrawn, isEditable, isWithin, matches, parentElementOf, parentOf, queryAll, wholeText } from './dom.ts';

const FIELDS = 'textarea, input:not([type]), input[type="text" i], input[type="search" i]';
const EDITABLES = '[contenteditable]:not([contenteditable="false" i])';

/** Editors that draw the visible part of a long text only: CodeMirror 6 stands this in for the rest. */
const UNDRAWN = '.cm-gap';

/** Selector of what a person pointed at on this site. */
let pointed = '';

/** Takes what these selectors find for composers, too. One that the browser cannot read is left out. */
export function alsoGuard(selectors: readonly string[]): void {
  pointed = selectors.filter((selector) => CSS.supports(`selector(${selector})`)).join(', ');
}

const isPointedAt = (node: EventTarget): node is HTMLElement => pointed !== '' && node instanceof HTMLElement && matches(node, pointed);

/**
 * The composer that an event comes from: what a person pointed at, else a text field, or the outermost editable element, which is what
 * every rich editor is underneath.
 */
export function composerOf(path: readonly EventTarget[]): HTMLElement | undefined {
  const chosen = path.find(isPointedAt);
  if (chosen !== undefined) return chosen;
  const [target] = path;
  if (!(target instanceof HTMLElement)) return undefined;
  if (matches(target, FIELDS)) return target;
  if (!isEditable(target)) return undefined;
  let host = target;
  for (let parent = parentElementOf(host); parent instanceof HTMLElement && isEditable(parent); parent = parentElementOf(host)) host = parent;
  return host;
}

/** Composers with a text in them that are drawn within `scope`. */
export function writtenIn(scope: Node): HTMLElement[] {
  const all = queryAll(scope, `${FIELDS}, ${EDITABLES}${pointed === '' ? '' : `, ${pointed}`}`).map((field) =>
    composerOf(pointed === '' ? [field] : [...ancestry(field)]),
  );
  const unique = new Set(all.filter((field) => field !== undefined));
  return [...unique].filter((field) => isDrawn(field) && textOf(field)?.trim() !== '');
}

/**
 * What a control sends: the composers in the nearest element around it that holds one with a text. `written` is where a person wrote
 * last; the search in the light DOM would not see it inside a shadow tree.
 */
export function composersNear(control: Element, written: HTMLElement | undefined, levels = Number.POSITIVE_INFINITY): HTMLElement[] {
  let level = 0;
  for (let scope = parentOf(control); scope !== null && level < levels; scope = parentOf(scope), level += 1) {
    const found = new Set(writtenIn(scope));
    if (written !== undefined && isWithin(scope, written) && textOf(written)?.trim() !== '') found.add(written);
    if (found.size > 0) return [...found];
  }
  return [];
}

/** The text, or undefined where the page does not hold all of it. */
function textOf(composer: HTMLElement): string | undefined {
  if (composer instanceof HTMLTextAreaElement || composer instanceof HTMLInputElement) return composer.value;
  if (queryAll(composer, UNDRAWN).length > 0) return undefined;
  const seen = drawnText(composer);
  const all = wholeText(composer) ?? '';
  // What is there and not drawn (pasted markup can bring it along) is sent all the same.
  const text = squeezed(seen) === squeezed(all) ? seen : `${seen}\n${all}`;
  // Pointed at may be a box around a field: what stands in that is no text of the box.
  const fields = isPointedAt(composer) ? queryAll(composer, FIELDS) : [];
  return [text, ...fields.map((field) => textOf(field) ?? '')].filter((part) => part !== '').join('\n');
}

// Case is left aside: style sheets can change it.
const squeezed = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/** What the composers say together, or undefined where one of them cannot be read whole. */
export function readAll(composers: readonly HTMLElement[]): string | undefined {
  const texts = composers.map(textOf);
  return texts.every((text) => text !== undefined) ? texts.join('\n\n') : undefined;
}
