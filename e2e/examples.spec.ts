import { existsSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { INJECTION } from './support/page.ts';
import { CSP, PACKAGE, servePlain, strayRequests } from './support/plain-page.ts';
import { serveFolders } from './support/static-site.ts';

/** Sends an attack and a question as a person would; only the question goes out, and nothing breaks the page's policy. */
async function blocksAndSends(page: Page, url: string): Promise<void> {
  const broken: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && broken.push(message.text())));
  page.on('pageerror', (error) => void broken.push(String(error)));
  await page.goto(url);
  const [field, sent] = [page.getByRole('textbox', { name: 'Message' }), page.getByRole('list', { name: 'Sent' })];
  await field.fill(INJECTION);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  // The first send waits for the models.
  await expect(page.getByRole('alert')).toContainText('Blocked');
  await expect(field).toHaveValue(INJECTION);
  await expect(sent.getByRole('listitem')).toHaveCount(0);
  await field.fill('When does the hut open?');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(sent.getByRole('listitem')).toHaveText(['When does the hut open?']);
  await expect(field).toHaveValue('');
  expect(broken).toEqual([]);
}

for (const isolated of [true, false]) {
  test(`a plain page with one script tag, ${isolated ? 'isolated' : 'not isolated'}, under a strict policy, blocks an injection`, async ({ page }) => {
    await using site = await servePlain(isolated);
    await blocksAndSends(page, `${site.url}/plain/`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    expect(strayRequests(site)).toEqual([]);
  });
}

for (const name of ['react', 'vue', 'svelte', 'angular']) {
  test(`the example with ${name} blocks an injection`, async ({ page }) => {
    test.skip(!existsSync(`dist/examples/${name}`), 'npm run examples builds it');
    // Angular's example is compiled by the page.
    const policy = name === 'angular' ? CSP.replace("'wasm-unsafe-eval'", "'unsafe-eval'") : CSP;
    await using site = await serveFolders({ [`/${name}/`]: `dist/examples/${name}`, ...PACKAGE }, { 'Content-Security-Policy': policy });
    await blocksAndSends(page, `${site.url}/${name}/`);
  });
}
