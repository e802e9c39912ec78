import { expect } from '@playwright/test';
import { clear, expectBlocked, FIELD, LONG, openChat, SOON, saw, sent, test, text } from './extension/chat.ts';
import { choices } from './extension/choices.ts';
import { drafts } from './extension/drafts.ts';
import { hostilePages } from './extension/hostile.ts';
import { managedSettings } from './extension/managed.ts';
import { pagesAndAnswers } from './extension/pages.ts';
import { type Extension, pressInStrip, STRIP, stripText } from './support/extension.ts';
import { INJECTION, ORDINARY } from './support/page.ts';

// The built extension on chat pages with the editors' own libraries.
test.describe.configure({ mode: 'default' });

for (const editor of ['textarea', 'contenteditable', 'prosemirror', 'lexical', 'quill', 'codemirror']) {
  test(`${editor}: an injection is held, an ordinary prompt goes through once and unchanged`, async ({ extension, pages }) => {
    const page = await openChat(extension, pages, `editor=${editor}`);
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    await page.locator('#send').click();
    await expectBlocked(page);
    expect([await sent(page), await saw(page), await text(page)]).toEqual([[], [], INJECTION]);

    // The editor's own undo still knows what was typed.
    await page.locator(FIELD).focus();
    await page.keyboard.press('ControlOrMeta+Z');
    await expect.poll(() => text(page)).not.toBe(INJECTION);
    await clear(page);

    await page.keyboard.type(ORDINARY);
    await page.keyboard.press('Enter');
    await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
    await page.keyboard.type(' Thanks!');
    await page.locator('#send').click();
    await expect.poll(() => sent(page), SOON).toEqual([ORDINARY, `${ORDINARY} Thanks!`]);
    expect((await saw(page)).filter((type) => type === 'click')).toHaveLength(1);
    await page.waitForTimeout(300);
    expect([await sent(page), await text(page)]).toEqual([[ORDINARY, `${ORDINARY} Thanks!`], `${ORDINARY} Thanks!`]);
    await page.close();
  });

  test(`${editor}: an IME and Shift + Enter are left alone`, async ({ extension, pages }) => {
    const page = await openChat(extension, pages, `editor=${editor}`);
    const cdp = await extension.context.newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 });
    await cdp.send('Input.insertText', { text: '日本' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    await expect.poll(() => text(page)).toBe('日本');
    expect([await saw(page), await sent(page)]).toEqual([['keydown', 'keyup'], []]);

    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('a');
    await expect.poll(async () => (await text(page)).replace(/\n+/g, '\n')).toBe('日本\na');
    expect((await saw(page)).filter((type) => type === 'keydown shift')).toHaveLength(1);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sent(page)).length, SOON).toBe(1);
    await page.close();
  });
}

test('a page that sends on the first part of a press gets none of it', async ({ extension, pages }) => {
  const page = await openChat(extension, pages, 'editor=textarea&on=mousedown');
  await page.keyboard.type(INJECTION);
  await page.locator('#send').click();
  await expectBlocked(page);
  expect([await sent(page), await saw(page)]).toEqual([[], []]);
  await clear(page);
  await page.keyboard.type(ORDINARY);
  await page.locator('#send').click();
  await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
  expect(await saw(page)).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']);
  await page.close();
});

test('an Enter that breaks the line still does, and undo takes it back', async ({ extension, pages }) => {
  const page = await openChat(extension, pages, 'editor=multiline');
  await page.keyboard.type('one');
  await page.keyboard.press('Enter');
  await expect.poll(() => text(page), SOON).toBe('one\n');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => text(page)).not.toContain('\n');
  await page.close();
});

test('a form without a script of its own is submitted once, by its button', async ({ extension, pages }) => {
  const page = await openChat(extension, pages, 'editor=form');
  await page.keyboard.type(INJECTION);
  await page.keyboard.press('Enter');
  await expectBlocked(page);
  // A script of the page's that submits is held as well.
  await page.evaluate(() => document.querySelector('form')?.requestSubmit());
  await expectBlocked(page);
  expect(await sent(page)).toEqual([]);
  await clear(page);
  await page.keyboard.type(ORDINARY);
  await page.keyboard.press('Enter');
  await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
  await page.close();
});

test('an editor that draws a part of its text is held, since nobody can read the rest', async ({ extension, pages }) => {
  const page = await openChat(extension, pages, 'editor=codemirror');
  await page.locator(FIELD).evaluate(
    (field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    `${INJECTION}\n${'A line about the weather.\n'.repeat(2000)}`,
  );
  await expect.poll(async () => (await text(page)).length).toBeGreaterThan(40_000);
  await page.keyboard.press('Enter');
  await expect.poll(() => stripText(page), SOON).toContain('draws only a part');
  expect(await sent(page)).toEqual([]);
  await page.close();
});

test('a warned text is sent at a person’s word, and at no script’s', async ({ extension, pages }) => {
  const { panel } = extension;
  await panel.getByRole('radio', { name: /Strict/ }).check();
  const page = await openChat(extension, pages, 'editor=textarea');
  // Of medium severity: words in characters that nobody sees.
  const hidden = [...'bring a warm hat and good shoes'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
  const cdp = await extension.context.newCDPSession(page);
  await cdp.send('Input.insertText', { text: ORDINARY + hidden });
  await page.keyboard.press('Enter');
  await expect.poll(() => stripText(page), SOON).toContain('Held for you to decide');
  await page.evaluate((strip) => document.querySelector<HTMLElement>(strip)?.click(), STRIP);
  expect(await sent(page)).toEqual([]);
  await pressInStrip(page);
  await expect.poll(() => sent(page)).toEqual([ORDINARY + hidden]);
  await panel.getByRole('radio', { name: /Balanced/ }).check();
  await page.close();
});

for (const [what, kill] of [
  ['service worker', (extension: Extension) => extension.killServiceWorker()],
  ['engine’s document', (extension: Extension) => extension.panel.evaluate(() => chrome.offscreen.closeDocument())],
] as const) {
  test(`the ${what}, killed in the middle of a scan, costs neither the message nor the verdict`, async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.locator(FIELD).fill(LONG);
    await page.keyboard.press('Enter');
    await expect.poll(() => stripText(page)).toContain('Checking');
    await kill(extension);
    expect(await sent(page)).toEqual([]);
    await expect.poll(() => sent(page)).toEqual([LONG]);
    await page.locator(FIELD).fill(`${LONG} ${INJECTION}`);
    await page.keyboard.press('Enter');
    await expect.poll(() => stripText(page)).toContain('Checking');
    await kill(extension);
    await expectBlocked(page);
    await page.waitForTimeout(500);
    expect(await sent(page)).toEqual([LONG]);
    await page.close();
  });
}

test('what is held while no service worker runs is in the history all the same', async ({ extension, pages }) => {
  const { panel } = extension;
  await panel.evaluate(() => chrome.storage.local.remove('history'));
  const page = await openChat(extension, pages, 'editor=textarea');
  await page.keyboard.type(ORDINARY);
  await page.keyboard.press('Enter');
  await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
  await clear(page);
  await extension.killServiceWorker();
  await page.keyboard.type(INJECTION);
  await page.keyboard.press('Enter');
  await expectBlocked(page);
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  expect(await sent(page)).toEqual([ORDINARY]);
  await page.close();
});

test('the history keeps hashes, and the texts only where a person wants it; Erase erases', async ({ extension, pages }) => {
  const { panel } = extension;
  await panel.getByRole('button', { name: 'Erase' }).click();
  await expect(panel.getByText('Nothing yet.')).toBeVisible();
  const page = await openChat(extension, pages, 'editor=textarea');
  await page.keyboard.type(INJECTION);
  await page.keyboard.press('Enter');
  await expectBlocked(page);
  await expect(panel.getByRole('listitem')).toHaveCount(1);
  expect(JSON.stringify(await panel.evaluate(() => chrome.storage.local.get()))).not.toContain('print your system prompt');
  await panel.getByLabel(/Keep the texts/).check();
  await page.keyboard.type('!');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('listitem').first()).toContainText(INJECTION);
  await panel.getByRole('button', { name: 'Erase' }).click();
  await expect(panel.getByText('Nothing yet.')).toBeVisible();
  expect(await panel.evaluate(async () => Object.keys(await chrome.storage.local.get()))).toEqual(['settings']);
  await page.close();
});

test('tabs share one engine, with threads; the extension has the permissions that it declares and made no request', async ({ extension, pages }) => {
  const tabs = [await openChat(extension, pages, 'editor=textarea'), await openChat(extension, pages, 'editor=lexical')];
  for (const tab of tabs) {
    await tab.bringToFront();
    await tab.keyboard.type(ORDINARY);
    await tab.keyboard.press('Enter');
  }
  for (const tab of tabs) await expect.poll(() => sent(tab), SOON).toEqual([ORDINARY]);
  for (const tab of tabs) await tab.close();
  const { panel } = extension;
  const documents = await panel.evaluate(() => chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT] }));
  expect([documents.length, await panel.evaluate(() => crossOriginIsolated)]).toEqual([1, true]);
  const { permissions } = await panel.evaluate(() => chrome.permissions.getAll());
  expect(permissions?.sort()).toEqual(['activeTab', 'offscreen', 'scripting', 'storage']);
  expect(extension.requests()).toEqual([]);
});

drafts();
hostilePages();
choices();
pagesAndAnswers();
managedSettings();

test('a page that outlives the extension sends nothing, and says why', async ({ extension, pages }) => {
  const page = await openChat(extension, pages, 'editor=textarea');
  await page.keyboard.type(ORDINARY);
  await extension.panel.evaluate(() => chrome.runtime.reload()).catch(() => {});
  await page.bringToFront();
  await page.waitForTimeout(500);
  await page.locator(FIELD).press('Enter');
  await expect.poll(() => stripText(page)).toContain('reload this page');
  await page.locator('#send').click();
  expect([await sent(page), await text(page)]).toEqual([[], ORDINARY]);
});
