import { type BrowserContext, test as base } from '@playwright/test';
import { ISOLATED } from '../../playwright.config.ts';
import { openKept } from './store.ts';

/** Forgets what a test left but the models: settings, conversations. */
async function tidy(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
  const page = await context.newPage();
  await page.goto('./icon.svg');
  await page.evaluate(async () => {
    localStorage.clear();
    const deleting = indexedDB.deleteDatabase('portcullis-conversations');
    await new Promise((resolve, reject) => {
      deleting.onsuccess = resolve;
      deleting.onerror = deleting.onblocked = () => reject(new Error('the conversations could not be deleted'));
    });
  });
  await page.close();
}

/**
 * For what does not ask how the models came: its tests share, one after the other, a browser that has been here before. Each has pages,
 * settings and an engine of its own; none downloads what the store has, which takes most of a first visit. `test.use` does not reach it:
 * looks are set on the page.
 */
export const test = base.extend<object, { visited: BrowserContext }>({
  visited: [
    async ({ browser }, use) => {
      // What the file that comes first sets for its own pages is not for the others.
      const context = await browser.newContext({ baseURL: `http://localhost:${ISOLATED}/`, serviceWorkers: 'allow' });
      const page = await context.newPage();
      await openKept(page);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.close();
      await use(context);
      await context.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ visited }, use) => {
    await use(visited);
    await visited.unrouteAll({ behavior: 'ignoreErrors' });
    await visited.setOffline(false);
    await tidy(visited);
  },
});
