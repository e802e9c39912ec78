import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { preview } from 'vite';
import { INJECTION, ORDINARY, openReady, send } from './support/page.ts';
import { ISOLATION } from './support/plain-page.ts';
import { serveFolders } from './support/static-site.ts';
import { openKept } from './support/store.ts';

const MODEL_FILE = /\/models\/|\.wasm($|\?)/;

test('a second visit takes the models from IndexedDB: no network bytes for them', async ({ page }) => {
  await openKept(page);
  await expect(page.getByTestId('engine').getByTestId('progress')).toContainText('MB downloaded');
  const again: string[] = [];
  page.context().on('request', (request) => {
    if (MODEL_FILE.test(request.url())) again.push(request.url());
  });
  await openKept(page);
  await expect(page.getByTestId('engine').getByTestId('progress')).toContainText('nothing downloaded');
  expect(again).toEqual([]);
});

test('after the first visit the page and its guard work with the server gone', async ({ page, context }) => {
  // A server of this test's own, so that it can be taken away.
  const server = await preview({ preview: { port: 4199, host: 'localhost' }, logLevel: 'error' });
  const url = server.resolvedUrls?.local[0] ?? '';
  await openKept(page, url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await server.close();
  await context.setOffline(true);

  await openReady(page, url);
  await expect(page.getByTestId('backend')).toHaveAttribute('data-backend', 'wasm-threads');
  await send(page, INJECTION);
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  await page.getByTestId('composer').fill('');
  await send(page, ORDINARY);
  await expect(page.getByTestId('message-assistant')).toBeVisible();
});

/** Builds the page anew with a bundle of the next version, whose files are the same, and gives its folder. */
function buildNext(folder: string, version: string): string {
  const [bundle, site] = [join(folder, 'bundle'), join(folder, 'site')];
  cpSync('models/bundle', bundle, { recursive: true });
  const manifest = join(bundle, 'manifest.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), version }));
  const env = { ...process.env, PORTCULLIS_BUNDLE: bundle };
  execFileSync(process.execPath, [resolve('node_modules/vite/bin/vite.js'), 'build', '--outDir', site, '--logLevel', 'error'], { env });
  return site;
}

/** The bundle that a text is scanned with. */
const bundleOf = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { guard } = document.querySelector('portcullis-guard') as unknown as { guard: { scan(text: string): Promise<{ bundle: string }> } };
    return (await guard.scan('Hello.')).bundle;
  });

test('a new version waits beside open tabs, which stay whole; taken in one, all tabs have it, and what was typed', async ({ context }, { outputDir }) => {
  const folders = { '/': 'dist/demo' };
  await using site = await serveFolders(folders, ISOLATION);
  const url = `${site.url}/`;
  const open = await context.newPage();
  await openKept(open, url);
  await open.evaluate(() => navigator.serviceWorker.ready);
  const before = await bundleOf(open);
  await open.getByTestId('composer').fill('half a thought');

  // From here on the server has nothing of the old version.
  folders['/'] = buildNext(outputDir, '99.0.0');
  const other = await context.newPage();
  await openReady(other, url);
  for (const tab of [open, other]) await expect(tab.getByRole('status').filter({ hasText: 'A new version is ready.' })).toBeVisible();
  expect([await bundleOf(open), await bundleOf(other)]).toEqual([before, before]);
  // What the open tab loads only now is of its own version, too.
  await open.getByTestId('settings-open').click();
  await open.getByTestId('settings-cancel').click();

  await other.getByTestId('take-newer').click();
  for (const tab of [open, other]) {
    await expect.poll(() => bundleOf(tab).catch(() => '')).toMatch(/@99\.0\.0$/);
    await expect(tab.getByTestId('take-newer')).toHaveCount(0);
  }
  await expect(open.getByTestId('composer')).toHaveValue('half a thought');
});
