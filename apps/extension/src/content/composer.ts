import { isWithin, matches, parentOf, queryAll } from './dom.ts';

const FIELDS = 'textarea, input:not([type]), input[type="text" i], input[type="search" i]';
const EDITABLES = '[contenteditable]:not([contenteditable="false" i])';

/** Editors that draw the visible part of a long text only: CodeMirror 6 stands this in for the rest. */
const UNDRAWN = '.cm-gap';

/** The composer that an event comes from: a text field, or the outermost editable element, which is what every rich editor is underneath. */
export function composerOf(path: readonly EventTarget[]): HTMLElement | undefined {
  const [target] = path;
  if (!(target instanceof HTMLElement)) return undefined;
  if (matches(target, FIELDS)) return target;
  if (!target.isContentEditable) return undefined;
  let host = target;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}

/** Composers with a text in them that are drawn within `scope`. */
export function writtenIn(scope: Node): HTMLElement[] {
  const all = queryAll(scope, `${FIELDS}, ${EDITABLES}`).map((field) => composerOf([field]));
  const unique = new Set(all.filter((field) => field !== undefined));
  return [...unique].filter((field) => field.checkVisibility() && textOf(field)?.trim() !== '');
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
  const seen = composer.innerText;
  const all = composer.textContent;
  // What is there and not drawn (pasted markup can bring it along) is sent all the same.
  return squeezed(seen) === squeezed(all) ? seen : `${seen}\n${all}`;
}

// Case is left aside: style sheets can change it.
const squeezed = (text: string): string => text.replace(/\s+/g, '').toLowerCase();

/** What the composers say together, or undefined where one of them cannot be read whole. */
export function readAll(composers: readonly HTMLElement[]): string | undefined {
  const texts = composers.map(textOf);
  return texts.every((text) => text !== undefined) ? texts.join('\n\n') : undefined;
}
