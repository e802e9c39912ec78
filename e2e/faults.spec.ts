import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Route, test } from '@playwright/test';
import { BROWSER_ARGS, CHROMIUM, ISOLATED, PLAIN } from '../playwright.config.ts';
import { backendOf, expectClosed, INJECTION, ORDINARY, openReady, send } from './support/page.ts';

// A service worker would answer before a route of the test's own could.
test.use({ serviceWorkers: 'block' });

const corrupt = async (route: Route): Promise<void> => {
  const response = await route.fetch();
  const body = await response.body();
  body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
  await route.fulfill({ response, body });
};
const status = (code: number) => (route: Route) => route.fulfill({ status: code, body: 'no' });

const FAULTS: readonly [name: string, file: string, answer: (route: Route) => Promise<void>, code: string][] = [
  ['one wrong bit in the weights', 'encoder.weights.bin', corrupt, 'bundle-corrupt'],
  ['one wrong bit in a small graph', 'classifier.onnx', corrupt, 'bundle-corrupt'],
  ['a file cut short', 'anomaly.onnx', async (route) => route.fulfill({ body: (await (await route.fetch()).body()).subarray(0, 1000) }), 'bundle-corrupt'],
  ['a file that is not there (404)', 'tokenizer.json', status(404), 'bundle-missing'],
  ['a server error (500)', 'encoder.weights.bin', status(500), 'bundle-network'],
  ['a connection that breaks', 'encoder.wasm.onnx', (route) => route.abort('connectionreset'), 'bundle-network'],
  ['no manifest (404)', 'manifest.json', status(404), 'bundle-missing'],
  ['a manifest that is a web page', 'manifest.json', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><p>Hello' }), 'bundle-invalid'],
];

for (const [name, file, answer, code] of FAULTS) {
  test(`${name}: the gate stays closed and says so; Retry opens it when the fault is gone`, async ({ page }) => {
    await page.route(`**/models/**/${file}`, answer);
    await page.goto('./');
    await expectClosed(page, code);
    await page.unroute(`**/models/**/${file}`);
    await page.getByTestId('guard').getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
    await page.getByTestId('composer').press('Enter');
    await expect(page.getByTestId('message-user')).toContainText(ORDINARY);
  });
}

test('a server error that passes is ridden out', async ({ page }) => {
  let failures = 0;
  await page.route('**/encoder.weights.bin', (route) => (failures++ === 0 ? route.fulfill({ status: 503 }) : route.continue()));
  await openReady(page);
  expect(failures).toBe(2);
});

test('the runtime itself cannot be had: closed, with a message', async ({ page }) => {
  await page.route('**/*.wasm', status(404));
  await page.goto('./');
  await expectClosed(page, 'bundle-missing');
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

test('a software adapter never wins by itself', async ({ page }) => {
  await openReady(page);
  expect(await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) !== null)).toBe(true);
  expect(await backendOf(page)).toBe('wasm-threads');
});
