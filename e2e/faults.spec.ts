import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Route, test } from '@playwright/test';
import { BROWSER_ARGS, CHROMIUM, ISOLATED, PLAIN } from '../playwright.config.ts';
import { backendOf, expectClosed, INJECTION, ORDINARY, openAgreed, openReady, send } from './support/page.ts';
import { test as visited } from './support/visited.ts';

// A service worker would answer before a route of the test's own could.
test.use({ serviceWorkers: 'block' });

const corrupt = async (route: Route): Promise<void> => {
  const response = await route.fetch();
  const body = await response.body();
  body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  await route.fulfill({ response, body });
};
const status = (code: number) => (route: Route) => route.fulfill({ status: code, body: 'no' });

/** In the order in which a first visit meets them. */
const FAULTS: readonly [name: string, file: string, answer: (route: Route) => Promise<void>, code: string][] = [
  ['the worker without its engine (404)', 'serve-engine*', status(404), 'worker-crashed'],
  ['the runtime itself cannot be had', '*.wasm', status(404), 'bundle-missing'],
  ['no manifest (404)', 'manifest.json', status(404), 'bundle-missing'],
  ['a manifest that is a web page', 'manifest.json', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Hello' }), 'bundle-invalid'],
  ['a file that is not there (404)', 'tokenizer.json', status(404), 'bundle-missing'],
  ['a connection that breaks', 'encoder.onnx', (route) => route.abort('connectionreset'), 'bundle-network'],
  ['a server error (500)', 'encoder.weights.bin', status(500), 'bundle-network'],
  ['one wrong bit in the weights', 'encoder.weights.bin', corrupt, 'bundle-corrupt'],
  ['one wrong bit in a small graph', 'classifier.onnx', corrupt, 'bundle-corrupt'],
  ['a file cut short', 'anomaly.onnx', async (route) => route.fulfill({ body: (await (await route.fetch()).body()).subarray(0, 1000) }), 'bundle-corrupt'],
];

test('one fault after the other: the gate stays closed and says so; Retry gets past each that is gone, and opens it after the last', async ({ page }) => {
  test.setTimeout(600_000);
  const retry = page.getByTestId('guard').getByRole('button', { name: 'Retry' });
  for (const [index, [name, file, answer, code]] of FAULTS.entries()) {
    await test.step(name, async () => {
      await page.unrouteAll();
      await page.route(`**/${file}`, answer);
      if (index === 0) await openAgreed(page);
      else await retry.click();
      // What failed at this file says so; the fault before would be another file's, or another code.
      await expect(page.getByTestId('engine-error')).toContainText(file.replace('*', ''));
      await expectClosed(page, code);
      await page.getByTestId('composer').fill('');
    });
  }
  await page.unrouteAll();
  await retry.click();
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  await send(page, ORDINARY);
  await expect(page.getByTestId('message-user')).toContainText(ORDINARY);
});

test('a server error that passes is ridden out', async ({ page }) => {
  let failures = 0;
  await page.route('**/encoder.weights.bin', (route) => (failures++ === 0 ? route.fulfill({ status: 503 }) : route.continue()));
  await openReady(page);
  expect(failures).toBe(2);
});

test('IndexedDB refused by the browser: the guard works, and says that it keeps nothing', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'portcullis-profile-'));
  await mkdir(join(profile, 'Default'));
  // "Block all site data": what a person or a policy sets; storage then throws in pages and in workers.
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
  const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: BROWSER_ARGS });
  try {
    const page = await context.newPage();
    await openReady(page, `http://localhost:${ISOLATED}/`);
    await expect(page.getByTestId('engine')).toContainText('not kept on this device');
    await send(page, INJECTION);
    await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  } finally {
    await context.close();
    await rm(profile, { recursive: true });
  }
});

test('no cross-origin isolation: one thread, same gate', async ({ page }) => {
  await openReady(page, `http://localhost:${PLAIN}/`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await backendOf(page)).toBe('wasm');
  await send(page, INJECTION);
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
});

visited('a software adapter never wins by itself', async ({ page }) => {
  await openReady(page);
  expect(await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) !== null)).toBe(true);
  expect(await backendOf(page)).toBe('wasm-threads');
});
