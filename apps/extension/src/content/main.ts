import { guardPage } from './guard-page.ts';

// The browser puts this into each document, and Firefox's event page into those that an update found open: one of them guards it. No page sees the name.
const world = globalThis as { portcullis?: true };
if (world.portcullis === undefined) {
  world.portcullis = true;
  guardPage();
}
