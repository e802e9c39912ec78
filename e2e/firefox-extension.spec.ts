import { expect, test } from '@playwright/test';
import { FIELD, LONG, SOON } from './extension/chat.ts';
import { BROWSERS } from './support/engines/browsers.ts';
import { ENTER } from './support/engines/driven-browser.ts';
import { startFirefox } from './support/engines/firefox.ts';
import { type FirefoxExtension, startFirefoxExtension } from './support/engines/firefox-extension.ts';
import { type Pages, serveEditors } from './support/extension.ts';
import { INJECTION, ORDINARY } from './support/page.ts';

// The extension as it is built for Firefox, in Firefox: what differs there is who holds the engine, how a site is granted, and what becomes of
// open pages when the extension changes. What a page can do to it is Chromium's test.
test.describe.configure({ mode: 'default', timeout: 300_000 });

/** Control and A, then Delete. */
const DELETE_ALL = ['\uE009a\uE009', '\uE017'];
const { missing } = BROWSERS.find(({ connect }) => connect === startFirefox) ?? {};

test.describe(missing === undefined ? 'the extension in Firefox ESR' : `the extension in Firefox ESR, ${missing}`, () => {
  test.skip(missing !== undefined, missing);
  let extension: FirefoxExtension;
  let pages: Pages;
  test.beforeAll(async () => {
    [extension, pages] = await Promise.all([startFirefoxExtension(), serveEditors()]);
    await open('editor=textarea');
    expect(await extension.pressInPopup('#here-switch', true)).toContain('Access your data for sites in 127.0.0.1');
  });
  test.afterAll(async () => {
    await extension?.[Symbol.asyncDispose]();
    await pages?.close();
  });

  const open = (query: string) => extension.page.open(`${pages.url}?${query}&at=${Date.now()}`);
  const write = (words: string) => extension.page.type(FIELD, words);
  /** Of keys that come in one go, Lexical takes the first: in Firefox it does so without the extension, too. */
  const writeSlowly = async (keys: Iterable<string>) => {
    for (const key of keys) await write(key);
  };
  /** Longer than anybody would type here. */
  const paste = (words: string) =>
    extension.page.evaluate((value) => {
      const field = document.querySelector('textarea');
      if (field !== null) field.value = value;
    }, words);
  const press = () => extension.page.click('#send');
  const sent = () => extension.page.evaluate(() => window.chat.sent);
  const saw = () => extension.page.evaluate(() => window.chat.saw);
  const text = () => extension.page.evaluate(() => window.chat.text().trim());
  const expectStrip = (words: string) => expect.poll(() => extension.stripText(), SOON).toContain(words);
  const expectBlocked = async () => {
    await expectStrip('Blocked. Nothing was sent');
    expect(await extension.stripText()).toContain('Ignore all previous instructions');
  };
  const clear = async () => {
    await writeSlowly(DELETE_ALL);
    await expect.poll(text).toBe('');
    await expect.poll(() => extension.stripText()).toBe('');
  };

  for (const editor of ['textarea', 'contenteditable', 'prosemirror', 'lexical', 'quill', 'codemirror']) {
    test(`${editor}: an injection is held, an ordinary prompt goes through once and unchanged`, async () => {
      const writes = editor === 'lexical' ? writeSlowly : write;
      await open(`editor=${editor}`);
      await writes(INJECTION + ENTER);
      await expectBlocked();
      await press();
      await expectBlocked();
      expect([await sent(), await saw(), await text()]).toEqual([[], [], INJECTION]);
      await clear();

      await writes(ORDINARY + ENTER);
      await expect.poll(sent, SOON).toEqual([ORDINARY]);
      await writes(' Thanks!');
      await press();
      const both = [ORDINARY, `${ORDINARY} Thanks!`];
      await expect.poll(sent, SOON).toEqual(both);
      expect((await saw()).filter((type) => type === 'click')).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([await sent(), await text()]).toEqual([both, both[1]]);
    });
  }

  test('an Enter that breaks the line still does; a form without a script is submitted once', async () => {
    await open('editor=multiline');
    await write(`one${ENTER}`);
    await expect.poll(() => extension.page.valueOf('textarea'), SOON).toBe('one\n');
    await open('editor=form');
    await write(INJECTION + ENTER);
    await expectBlocked();
    expect(await sent()).toEqual([]);
    await clear();
    await write(ORDINARY + ENTER);
    await expect.poll(sent, SOON).toEqual([ORDINARY]);
  });

  test('the event page, ended in the middle of a scan, costs neither the message nor the verdict', async () => {
    await open('editor=textarea');
    for (const [words, then] of [
      [LONG, async () => expect.poll(sent, SOON).toEqual([LONG])],
      [`${LONG} ${INJECTION}`, expectBlocked],
    ] as const) {
      await paste(words);
      await write(ENTER);
      await expectStrip('Checking');
      const before = await extension.eventPage();
      await extension.endEventPage();
      await then();
      expect(await extension.eventPage()).not.toBe(before);
    }
    expect(await sent()).toEqual([LONG]);
  });

  test('the event page stays for a scan that takes longer than Firefox waits, and goes afterwards; the next message has another', async () => {
    await open('editor=textarea');
    await write(ORDINARY + ENTER);
    await expect.poll(sent, SOON).toEqual([ORDINARY]);
    await clear();
    await extension.setIdle(6_000);
    try {
      await paste(Array.from({ length: 12 }, () => LONG).join(' '));
      await write(ENTER);
      const before = await extension.eventPage();
      await expect.poll(sent, { ...SOON, timeout: 200_000 }).toHaveLength(2);
      expect(await extension.eventPage()).toBe(before);
      await expect.poll(() => extension.eventPage(), SOON).toBe(null);
    } finally {
      await extension.setIdle(30_000);
    }
    await clear();
    await write(INJECTION + ENTER);
    await expectBlocked();
  });

  test('a page that was left and comes back is guarded as before', async () => {
    await open('editor=textarea');
    await write(ORDINARY + ENTER);
    await expect.poll(sent, SOON).toEqual([ORDINARY]);
    await extension.page.open(`${pages.url}?editor=form`);
    await extension.back();
    await expect.poll(() => extension.page.evaluate(() => document.readyState)).toBe('complete');
    await writeSlowly([...DELETE_ALL, INJECTION + ENTER]);
    await expectBlocked();
    expect(await sent()).not.toContain(INJECTION);
  });

  test('a page on which the extension is loaded anew is guarded as before, once', async () => {
    await open('editor=textarea');
    await write(INJECTION + ENTER);
    await expectBlocked();
    await extension.load();
    await expect.poll(() => extension.page.evaluate(() => document.querySelectorAll('[data-portcullis]').length)).toBe(0);
    await write(ENTER);
    await expectBlocked();
    // The page's own listeners on the window, which only look on here, stand before the new ones until the next load.
    expect([await sent(), await text()]).toEqual([[], INJECTION]);
    await clear();
    await write(ORDINARY + ENTER);
    await expect.poll(sent, SOON).toEqual([ORDINARY]);
  });

  test('what was held is in the history; a page that is not switched on is checked at a press', async () => {
    const { page, panel, panelUrl } = extension;
    await open('editor=textarea');
    await write(INJECTION + ENTER);
    await expectBlocked();
    await panel.open(panelUrl);
    await expect.poll(() => panel.textOf('#history li')).toContain('Orders the model to drop all of its previous instructions');
    expect(await panel.evaluate(async () => JSON.stringify(await chrome.storage.local.get()))).not.toContain('print your system prompt');

    const elsewhere = `${pages.url.replace('127.0.0.1', 'localhost')}?editor=textarea`;
    await page.open(elsewhere);
    await page.evaluate((words) => {
      document.body.append(Object.assign(document.createElement('p'), { hidden: true, textContent: words }));
    }, INJECTION);
    await extension.pressInPopup('#check', false);
    const tab = await panel.evaluate(async (url) => (await chrome.tabs.query({})).find((each) => each.url === url)?.id, elsewhere);
    await panel.open(`${panelUrl}?tab=${tab}`);
    await expect.poll(() => panel.textOf('#report-state'), SOON).toMatch(/1 found in \d+ passage/);
    expect(await panel.textOf('#report li > div')).toBe('Hidden: not displayed');
    expect(await panel.evaluate((tabId) => chrome.action.getBadgeText({ tabId: Number(tabId) }), tab)).toBe('1');
  });

  test('it has the permissions that it declares, and made no request', async () => {
    const { panel, panelUrl } = extension;
    await panel.open(panelUrl);
    const { permissions, origins } = await panel.evaluate(() => chrome.permissions.getAll());
    expect([permissions?.sort(), origins]).toEqual([['activeTab', 'scripting', 'storage'], ['http://127.0.0.1/*']]);
    expect(extension.requests()).toEqual([]);
  });
});
