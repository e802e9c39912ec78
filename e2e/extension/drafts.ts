import { expect, type Page } from '@playwright/test';
import { type Extension, readByEngine, stripText } from '../support/extension.ts';
import { INJECTION, ORDINARY } from '../support/page.ts';
import { clear, expectBlocked, FIELD, openChat, SOON, sent, test } from './chat.ts';
import { manage } from './managed.ts';

/** Whether the page's own listeners got the person's own Enter and click, in order: what was held comes as a script's. */
const trusted = (page: Page) => page.evaluate(() => (window as unknown as { trusted: boolean[] }).trusted);

async function openWatched(...given: Parameters<typeof openChat>): Promise<Page> {
  // With its models loaded, the engine takes texts in the order in which they are asked about.
  await readByEngine(given[0].panel, 'Are you there?');
  const page = await openChat(...given);
  await page.evaluate(() => {
    const trusted: boolean[] = [];
    Object.assign(window, { trusted });
    window.addEventListener('keydown', ({ key, isTrusted }) => key === 'Enter' && trusted.push(isTrusted), { capture: true });
    document.querySelector('#send')?.addEventListener('click', ({ isTrusted }) => trusted.push(isTrusted), { capture: true });
  });
  return page;
}

/** Somebody writes, and then pauses until the engine has nothing left to do. */
async function writeAndPause(extension: Extension, page: Page, words: string): Promise<void> {
  await page.keyboard.type(words);
  await page.waitForTimeout(500);
  await readByEngine(extension.panel, 'Is there anything else?');
  // The page is another process than the one that has this answer.
  await page.waitForTimeout(200);
}

/** What is read while it is written. */
export function drafts(): void {
  for (const editor of ['textarea', 'prosemirror', 'lexical'])
    test(`${editor}: what was read while it was written goes out with the person’s own event, once and unchanged`, async ({ extension, pages }) => {
      const { panel } = extension;
      await panel.evaluate(() => chrome.storage.local.remove('history'));
      const page = await openWatched(extension, pages, `editor=${editor}`);
      await writeAndPause(extension, page, ORDINARY);
      await page.keyboard.press('Enter');
      // At once: nobody was asked.
      expect([await sent(page), await trusted(page)]).toEqual([[ORDINARY], [true]]);
      await writeAndPause(extension, page, ' Thanks!');
      await page.locator('#send').click();
      await page.waitForTimeout(300);
      expect([await sent(page), await trusted(page)]).toEqual([
        [ORDINARY, `${ORDINARY} Thanks!`],
        [true, true],
      ]);
      await expect(panel.getByText('Nothing yet.')).toBeVisible();
      await page.close();
    });

  test('what would be blocked is told of, and kept, when it is sent and not before; once', async ({ extension, pages }) => {
    const { panel } = extension;
    await panel.evaluate(() => chrome.storage.local.remove('history'));
    const page = await openWatched(extension, pages, 'editor=textarea');
    await writeAndPause(extension, page, INJECTION);
    await expect(panel.getByText('Nothing yet.')).toBeVisible();
    expect(await stripText(page)).toBe('');
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    await expect(panel.getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await page.locator('#send').click();
    await page.waitForTimeout(500);
    await expect(panel.getByRole('listitem')).toHaveCount(1);
    expect([await sent(page), await trusted(page)]).toEqual([[], []]);
    await page.close();
  });

  test('no verdict counts for a text that a script has put in the place of the one that was read', async ({ extension, pages }) => {
    const page = await openWatched(extension, pages, 'editor=textarea');
    await writeAndPause(extension, page, ORDINARY);
    await page.locator(FIELD).evaluate((field, words) => {
      (field as HTMLTextAreaElement).value = words;
    }, INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    expect([await sent(page), await trusted(page)]).toEqual([[], []]);
    await page.close();
  });

  test('no verdict outlives the policy that it was found under', async ({ extension, pages }) => {
    const { panel } = extension;
    await panel.getByLabel('Phrase or site').fill(INJECTION);
    await panel.getByRole('button', { name: 'Add' }).click();
    await expect(panel.getByText(`“${INJECTION}”`)).toBeVisible();
    const page = await openWatched(extension, pages, 'editor=textarea');
    await writeAndPause(extension, page, INJECTION);
    await panel.getByRole('button', { name: `Remove “${INJECTION}”` }).click();
    await expect(panel.getByText(`“${INJECTION}”`)).toHaveCount(0);
    await page.waitForTimeout(500);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    expect([await sent(page), await trusted(page)]).toEqual([[], []]);
    await page.close();
  });

  test('a person, or their organisation, can have nothing read before it is sent', async ({ extension, pages }) => {
    const { panel } = extension;
    const box = panel.getByLabel(/Read while I write/);
    await box.uncheck();
    const page = await openWatched(extension, pages, 'editor=textarea');
    await page.waitForTimeout(500);
    await writeAndPause(extension, page, ORDINARY);
    await page.keyboard.press('Enter');
    await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
    expect(await trusted(page)).toEqual([false]);
    // It takes effect at once, on pages that are open.
    await box.check();
    await page.waitForTimeout(500);
    await clear(page);
    await writeAndPause(extension, page, `${ORDINARY} Please.`);
    await page.keyboard.press('Enter');
    expect([(await sent(page)).length, await trusted(page)]).toEqual([2, [false, true]]);
    await page.close();

    await manage(extension, { readDrafts: false });
    const managed = await openWatched(extension, pages, 'editor=textarea');
    await managed.waitForTimeout(500);
    await writeAndPause(extension, managed, ORDINARY);
    await managed.keyboard.press('Enter');
    await expect.poll(() => sent(managed), SOON).toEqual([ORDINARY]);
    expect(await trusted(managed)).toEqual([false]);
    await manage(extension, {});
    await managed.close();
  });
}
