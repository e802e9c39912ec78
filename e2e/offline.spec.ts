import { expect, test } from '@playwright/test';
import { preview } from 'vite';
import { INJECTION, ORDINARY, openReady, send } from './support/page.ts';

const MODEL_FILE = /\/models\/|\.wasm($|\?)/;

test('a second visit takes the models from IndexedDB: no network bytes for them', async ({ page }) => {
  await openReady(page);
  await expect(page.getByTestId('engine').getByTestId('progress')).toContainText('MB downloaded');
  const again: string[] = [];
  page.context().on('request', (request) => {
    if (MODEL_FILE.test(request.url())) again.push(request.url());
  });
  await page.reload();
  await openReady(page);
  await expect(page.getByTestId('engine').getByTestId('progress')).toContainText('nothing downloaded');
  expect(again).toEqual([]);
});

test('after the first visit the page and its guard work with the server gone', async ({ page, context }) => {
  // A server of this test's own, so that it can be taken away.
  const server = await preview({ preview: { port: 4199, host: 'localhost' }, logLevel: 'error' });
  const url = server.resolvedUrls?.local[0] ?? '';
  await openReady(page, url);
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
