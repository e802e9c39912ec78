import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type ModelServer, sizeOf, startModelServer } from './support/model-server.ts';
import { expectClosed, INJECTION, ORDINARY, openAgreed, openReady, scanAll } from './support/page.ts';
import { flipByte, openKept, piecesOf, putOldBundle } from './support/store.ts';

// A service worker would answer in the server's place.
test.use({ serviceWorkers: 'block' });
// Several visits each.

const TEXTS = [INJECTION, ORDINARY, btoa(INJECTION)];
const PIECE = 2 * 1024 * 1024;
/** What the server has sent and the page has not read yet: the kernel's and the browser's buffers. */
const BUFFERED = 2_000_000;
/** What a break may cost: the piece that was being filled, and the buffers. */
const SLACK = PIECE + BUFFERED;

const verdicts = async (page: Page) => (await scanAll(page, TEXTS)).map(({ decision, score }) => ({ decision, score: score?.toFixed(3) }));

/** What the guard says of the texts after an undisturbed visit. */
let undisturbed: Awaited<ReturnType<typeof verdicts>>;
test.beforeAll(async ({ browser }) => {
  await using server = await startModelServer();
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await openReady(page, server.url);
  undisturbed = await verdicts(page);
  expect(undisturbed.map(({ decision }) => decision)).toEqual(['block', 'allow', 'block']);
  await page.close();
});

const downloaded = (page: Page) => page.getByTestId('engine').getByTestId('progress');
const weightsKey = async (server: ModelServer): Promise<string> => {
  const manifest = await (await fetch(`${server.url}${server.models.slice(1)}manifest.json`)).json();
  return `sha256:${manifest.artifacts['encoder.weights.bin'].sha256}`;
};

/** A page whose download of the weights is held halfway, with the pieces of that half in the store. */
async function openMidway(context: BrowserContext, server: ModelServer): Promise<Page> {
  const half = sizeOf(server.weights) >> 1;
  server.stop(server.weights, half, 'hold');
  const key = await weightsKey(server);
  const page = await context.newPage();
  await openAgreed(page, server.url);
  // All of them: a page closed before they are written loses more than the one that is being filled.
  await expect.poll(() => piecesOf(page, key)).toBeGreaterThanOrEqual(Math.floor((half - BUFFERED) / PIECE));
  return page;
}

/** Sets the quota of a server's origin, for as long as it is not called again, without a size: then there is none. */
async function quotaOf(page: Page, server: ModelServer): Promise<(quotaSize?: number) => Promise<void>> {
  // One session: what it has set, another cannot take back.
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(server.url);
  return async (quotaSize) => {
    await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) });
  };
}

test('a download that breaks halfway is resumed: every byte comes once', async ({ page }) => {
  await using server = await startModelServer();
  for (const path of [server.weights, server.runtime]) server.stop(path, sizeOf(path) >> 1, 'cut');
  await openReady(page, server.url);
  for (const path of [server.weights, server.runtime]) {
    expect(server.exchanges.filter((exchange) => exchange.path === path).map(({ status }) => status)).toEqual([200, 206]);
    // What the kernel held when the connection broke may be lost.
    expect(server.sent(path)).toBeLessThan(sizeOf(path) + SLACK);
  }
  expect(await verdicts(page)).toEqual(undisturbed);
});

test('a network that stays away closes the gate; Retry goes on from what came', async ({ page }) => {
  await using server = await startModelServer();
  const half = sizeOf(server.weights) >> 1;
  for (const after of [half, 0, 0]) server.stop(server.weights, after, 'cut');
  await openAgreed(page, server.url);
  await expectClosed(page, 'bundle-network');
  await page.getByTestId('composer').fill('');
  await page.getByTestId('guard').getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  expect(server.sent(server.weights)).toBeLessThan(sizeOf(server.weights) + SLACK);
  expect(await verdicts(page)).toEqual(undisturbed);
});

test('a tab closed in mid-download: the next visit fetches the rest, and the one after that nothing', async ({ context }) => {
  await using server = await startModelServer();
  const closed = await openMidway(context, server);
  await closed.close();

  const page = await context.newPage();
  await openKept(page, server.url);
  expect(server.exchanges.filter(({ path }) => path === server.weights).map(({ status }) => status)).toEqual([200, 206]);
  expect(server.sent(server.weights)).toBeLessThan(sizeOf(server.weights) + SLACK);
  expect(await verdicts(page)).toEqual(undisturbed);

  const before = server.exchanges.filter(({ path }) => path.startsWith(server.models)).length;
  await openReady(page, server.url);
  await expect(downloaded(page)).toContainText('nothing downloaded');
  expect(server.exchanges.filter(({ path }) => path.startsWith(server.models)).length).toBe(before);
});

test('two tabs at once: one downloads, the other takes all from the store', async ({ context }) => {
  await using server = await startModelServer();
  const first = await context.newPage();
  await openAgreed(first, server.url);
  await expect.poll(() => server.exchanges.some(({ path }) => path === server.weights)).toBe(true);
  const second = await context.newPage();
  await Promise.all([openReady(second, server.url), expect(first.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready')]);
  await expect(downloaded(second)).toContainText('nothing downloaded');
  const models = server.exchanges.map(({ path }) => path).filter((path) => path.startsWith(server.models) || path === server.runtime);
  expect(models).toEqual([...new Set(models)]);
  expect(await verdicts(second)).toEqual(undisturbed);
  expect(await verdicts(first)).toEqual(undisturbed);
});

test('the tab that downloads is closed: the one that waits takes over where it was', async ({ context }) => {
  await using server = await startModelServer();
  const first = await openMidway(context, server);
  const second = await context.newPage();
  await openAgreed(second, server.url);
  await expect(downloaded(second)).toContainText('Another tab is downloading');
  await first.close();
  await expect(second.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  expect(server.sent(server.weights)).toBeLessThan(sizeOf(server.weights) + SLACK);
  expect(await verdicts(second)).toEqual(undisturbed);
});

test('a byte that flips in the store: that file is fetched anew, and no other', async ({ page }) => {
  await using server = await startModelServer();
  await openKept(page, server.url);
  await flipByte(page, await weightsKey(server), 3);
  const before = server.exchanges.length;
  await openReady(page, server.url);
  await expect(downloaded(page)).toContainText('MB downloaded');
  const models = server.exchanges.slice(before).filter(({ path }) => path.startsWith(server.models) || path.endsWith('.wasm'));
  expect(models.map(({ path }) => path)).toEqual([server.weights]);
  expect(await verdicts(page)).toEqual(undisturbed);
});

test('no room: the models run from memory, and it is said; they are kept once there is room', async ({ page }) => {
  await using server = await startModelServer();
  const setQuota = await quotaOf(page, server);
  await setQuota(10_000_000);
  await openReady(page, server.url);
  await expect(page.getByTestId('engine')).toContainText('not kept on this device');
  expect(await verdicts(page)).toEqual(undisturbed);
  expect(server.sent(server.weights)).toBe(sizeOf(server.weights));

  await setQuota();
  await openReady(page, server.url);
  await expect(page.getByTestId('engine')).not.toContainText('not kept on this device');
  await openReady(page, server.url);
  await expect(downloaded(page)).toContainText('nothing downloaded');
});

test('little room: an older bundle gives way to the one that is loaded', async ({ page }) => {
  await using server = await startModelServer();
  await page.goto(`${server.url}icon.svg`);
  // Before anything is stored: once granted, room is good for some seconds, whatever becomes of the quota.
  await (await quotaOf(page, server))(60_000_000);
  // While the database moves what it has written, its disk holds some of it twice: there is room a moment later.
  await expect(() => putOldBundle(page, 'sha256:old', 17)).toPass();
  expect(await piecesOf(page, 'sha256:old')).toBe(17);
  await openReady(page, server.url);
  await expect(page.getByTestId('engine')).not.toContainText('not kept on this device');
  expect(await piecesOf(page, 'sha256:old')).toBe(0);
  expect(await verdicts(page)).toEqual(undisturbed);
  await openReady(page, server.url);
  await expect(downloaded(page)).toContainText('nothing downloaded');
});

test('a compressed transfer is decoded, counted by what it holds, and never resumed', async ({ page }) => {
  await using server = await startModelServer({ gzip: true });
  server.stop(server.weights, 1_000_000, 'cut');
  await openReady(page, server.url);
  expect(server.exchanges.filter(({ path }) => path === server.weights)).toEqual([
    expect.objectContaining({ status: 200, range: undefined, sent: 1_000_000 }),
    expect.objectContaining({ status: 200, range: undefined }),
  ]);
  const shown = Number(/([\d.]+) MB downloaded/.exec(await downloaded(page).innerText())?.[1]);
  expect(shown * 1e6).toBeGreaterThan(sizeOf(server.weights) + sizeOf(server.runtime));
  expect(await verdicts(page)).toEqual(undisturbed);
});

test('the browser is asked to spare the store once, when there is something to keep', async ({ page }) => {
  await using server = await startModelServer();
  await page.addInitScript(() => {
    const { storage } = navigator;
    const persist = storage.persist.bind(storage);
    storage.persist = () => {
      document.documentElement.dataset['asked'] = String(Number(document.documentElement.dataset['asked'] ?? 0) + 1);
      return persist();
    };
  });
  await openReady(page, server.url);
  await expect(page.locator('html')).toHaveAttribute('data-asked', '1');
  await openReady(page, server.url);
  expect(await page.locator('html').getAttribute('data-asked')).toBeNull();
});
