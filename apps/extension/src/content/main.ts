import { guardPage } from './guard-page.ts';

// The browser puts this into each document, and Firefox's event page into those that an update found open: one of them guards it. The world is
// the extension's own, but elements of the page lend their names to it: only a symbol is none of theirs.
const HERE = Symbol.for('portcullis');
if (!Object.hasOwn(globalThis, HERE)) {
  Object.defineProperty(globalThis, HERE, { value: true });
  guardPage();
}
