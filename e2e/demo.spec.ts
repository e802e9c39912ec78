import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { score } from '../apps/demo/src/format.ts';
import { INJECTION, ORDINARY, openReady, send } from './support/page.ts';

test.use({ serviceWorkers: 'block' });

const { thresholds } = JSON.parse(readFileSync('models/bundle/manifest.json', 'utf8')) as { thresholds: { block: number } };

test('the gallery reads its specimens, the speed is measured, and a specimen goes into the composer', async ({ page }) => {
  test.slow();
  await openReady(page);
  await page.getByTestId('gallery-toggle').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('composer')).toBeHidden();
  const all = await page.getByTestId('specimen').count();
  expect(all).toBeGreaterThan(20);

  await page.getByTestId('gallery-run').click();
  await page.getByTestId('gallery-stop').click();
  await expect(page.getByTestId('gallery-run')).toBeVisible();
  expect(await page.getByTestId('outcome').count()).toBeLessThan(all);

  await page.getByTestId('gallery-run').click();
  await expect(page.locator('[data-testid=outcome][data-state=judged]')).toHaveCount(all);
  const attacks = await page.locator('[data-testid=specimen][data-kind=attack]').count();
  await expect(page.getByTestId('tally')).toHaveText(new RegExp(`^\\d+ of ${attacks} attacks held, \\d+ of ${all - attacks} ordinary texts passed$`));
  // What the models make of a specimen may change with them; the plainest of each kind may not.
  const outcomeOf = (title: string) => page.locator('li', { has: page.getByTestId('specimen').filter({ hasText: title }) }).getByTestId('outcome');
  await expect(outcomeOf('Word for word')).toHaveAttribute('data-decision', 'block');
  await expect(outcomeOf('Everyday')).toHaveAttribute('data-decision', 'allow');
  // What slides or fades is half seen while it moves: axe is to measure colours at rest.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const width of [1280, 390, 371, 320]) {
    await page.setViewportSize({ width, height: 800 });
    expect((await new AxeBuilder({ page }).analyze()).violations, `${width} px`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await expect(page.getByTestId('settings-open')).toBeInViewport({ ratio: 1 });
  }
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByTestId('measure').click();
  await expect(page.getByTestId('speed')).toContainText('20 texts, median');

  await page.getByTestId('specimen').first().click();
  await expect(page.getByTestId('composer')).toBeFocused();
  await expect(page.getByTestId('composer')).toHaveValue(/^Ignore all previous/);
  await expect(page.getByTestId('message-user')).toHaveCount(0);
});

test('settings: a preset is explained and kept, the chat can be taken along without the key, and everything can be erased', async ({ page }) => {
  test.slow();
  await openReady(page);
  await send(page, ORDINARY);
  await expect(page.getByTestId('message-assistant')).toBeVisible();
  await page.getByTestId('settings-open').click();
  await expect(page.getByTestId('preset-explained')).toContainText(`from a score of ${score(thresholds.block)}`);
  await page.getByTestId('preset-quiet').check();
  await expect(page.getByTestId('preset-explained')).toContainText('0.90');
  await expect(page.getByTestId('judge-endpoint')).toHaveCount(0);
  await page.getByTestId('assistant-endpoint').check();
  await expect(page.getByTestId('judge-endpoint')).toBeVisible();
  await page.getByTestId('endpoint-url').fill('http://127.0.0.1:9/v1');
  await page.getByTestId('endpoint-model').fill('none');
  await page.getByTestId('endpoint-key').fill('sk-quite-secret');
  await page.getByTestId('settings-save').click();

  // A new guard, under the preset.
  await expect(page.getByTestId('engine')).toContainText('block 0.90');
  await page.getByTestId('settings-open').click();
  await expect(page.getByTestId('preset-quiet')).toBeChecked();
  const coming = page.waitForEvent('download');
  await page.getByTestId('take-along').click();
  const stream = await (await coming).createReadStream();
  let json = '';
  for await (const piece of stream) json += piece;
  expect(json).not.toContain('sk-quite-secret');
  expect(JSON.parse(json)).toMatchObject({ format: 1, settings: { preset: 'quiet', assistant: { model: 'none' } }, messages: [{ text: ORDINARY }, {}] });

  await page.getByTestId('erase').click();
  await page.getByTestId('erase-not').click();
  await page.getByTestId('erase').click();
  await page.getByTestId('erase-sure').click();
  // What was agreed to is gone, too.
  await page.locator('#fetch-agree').click({ timeout: 60_000 });
  await expect(page.getByTestId('engine')).toContainText('MB downloaded');
  await expect(page.getByTestId('message-user')).toHaveCount(0);
  await expect(page.getByTestId('destination')).toContainText('Offline stand-in');
  await send(page, INJECTION);
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
});
