import { test as base, expect, type Page } from '@playwright/test';
import { type Extension, type Pages, serveEditors, startExtension, stripText } from '../support/extension.ts';

/** One browser for all tests: that several tabs share one engine is part of it. */
export const test = base.extend<object, { pages: Pages; extension: Extension }>({
  pages: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form.
    async ({}, use) => {
      const pages = await serveEditors();
      await use(pages);
      await pages.close();
    },
    { scope: 'worker' },
  ],
  extension: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      await using extension = await startExtension();
      await use(extension);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
/** For what follows a scan, which takes long on a busy machine and is looked for often. */
export const SOON = { intervals: [100] };

/** Long enough that a scan of it can be cut. */
export const LONG = Array.from({ length: 60 }, (_, day) => `On day ${day} of the trip we walked along the river and had soup for lunch.`).join(' ');

export const FIELD = '#composer :is(textarea, input, [contenteditable="true"])';
export async function openChat(extension: Extension, pages: Pages, query: string): Promise<Page> {
  const page = await extension.context.newPage();
  await page.goto(`${pages.url}?${query}`);
  await page.locator(FIELD).click();
  return page;
}

export const sent = (page: Page) => page.evaluate(() => window.chat.sent);
export const saw = (page: Page) => page.evaluate(() => window.chat.saw);
export const text = (page: Page) => page.evaluate(() => window.chat.text());

export async function expectBlocked(page: Page): Promise<void> {
  await expect.poll(() => stripText(page), SOON).toContain('Blocked. Nothing was sent');
  expect(await stripText(page)).toContain('Ignore all previous instructions');
}

export async function clear(page: Page): Promise<void> {
  await page.locator(FIELD).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await text(page)).trim()).toBe('');
  await expect.poll(() => stripText(page)).toBe('');
}

/** The popup over a chat, as a page of its own. */
export async function panelOver(extension: Extension, page: Page): Promise<Page> {
  const id = await extension.panel.evaluate(async (url) => (await chrome.tabs.query({})).find((tab) => tab.url === url)?.id, page.url());
  const panel = await extension.context.newPage();
  await panel.goto(`${extension.panel.url()}?tab=${id}`);
  return panel;
}
