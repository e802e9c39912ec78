// The worker's entry has nothing that another module could want: WebKit runs an entry a second time when a chunk imports from it, and the
// second, whose engine has not started, would answer as well. Bundlers put what chunks share into what imports them all, hence into this import.
const early: Event[] = [];
const keep = (event: Event): void => {
  early.push(event);
};
addEventListener('message', keep);
import('./serve-engine.ts').then(
  ({ serveEngine }) => {
    removeEventListener('message', keep);
    serveEngine();
    // Questions that came before there was anyone to hear them.
    for (const event of early) dispatchEvent(event);
  },
  // An error of the worker, so that the page hears of it at once: of a promise that fails it would not.
  reportError,
);
