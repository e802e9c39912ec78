import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { INJECTION, send } from './support/page.ts';

const MODEL_FILE = /\/models\/|\.wasm($|\?)/;

test('nothing of the models is fetched before a person agrees; what was sent waits; the next visit does not ask', async ({ page }) => {
  test.slow();
  const fetched: string[] = [];
  page.context().on('request', (request) => {
    if (MODEL_FILE.test(request.url())) fetched.push(request.url());
  });
  await page.goto('./');
  const asked = page.getByTestId('fetch');
  await expect(asked).toContainText(/Its models, \d\d MB, are fetched once/);
  await expect(page.getByTestId('engine-chip')).toHaveText('No guard yet');
  await expect(page.getByTestId('engine')).toContainText('Not on this device yet');
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await send(page, INJECTION);
  await page.waitForTimeout(1000);
  await expect(page.getByTestId('message-user')).toHaveCount(0);
  expect(fetched).toEqual([]);

  await page.keyboard.press('Shift+Tab');
  await expect(page.getByRole('button', { name: 'Get the guard' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asked).toBeHidden();
  await expect(page.getByTestId('composer')).toBeFocused();
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  expect(fetched.length).toBeGreaterThan(0);

  await page.goto('./');
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  await expect(asked).toBeHidden();
});
