import { append, create } from './dom.ts';

/** Puts a style sheet into a shadow tree; what it gives changes it. Firefox adopts no sheet of a content script's: there an element holds it. */
export function styleIn(root: ShadowRoot, css = ''): (css: string) => void {
  let change: (next: string) => void;
  try {
    const sheet = new CSSStyleSheet();
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    change = (next) => sheet.replaceSync(next);
  } catch {
    const element = append(root, create('style'));
    change = (next) => {
      element.textContent = next;
    };
  }
  change(css);
  return change;
}
