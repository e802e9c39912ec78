import { expect, test } from '@playwright/test';
import { BROWSER_ARGS, CHROMIUM } from '../playwright.config.ts';
import { backendOf, expectClosed, openAgreed, openReady } from './support/page.ts';

test.use({ launchOptions: { executablePath: CHROMIUM, args: BROWSER_ARGS }, serviceWorkers: 'block' });

test('WASM takes over', async ({ page }) => {
  await openReady(page);
  expect(await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) ?? null)).toBeNull();
  expect(await backendOf(page)).toBe('wasm-threads');
});

test('forced, it gives a message and a closed gate', async ({ page }) => {
  await openAgreed(page, './?backend=webgpu');
  await expectClosed(page, 'backend-unavailable');
});
