import { expect, test } from '@playwright/test';
import { backendOf, ORDINARY, openReady, scanAll } from './support/page.ts';
import { expectSame } from './support/parity.ts';
import { measuredOn } from './support/store.ts';

test.use({ serviceWorkers: 'block' });

test.skip(process.env['PORTCULLIS_ENGINES'] === undefined, 'npm run engines runs it: a software GPU that is taken for a real one gets no more time than one');

test('where WASM was measured to be faster than WebGPU, the next start is on WASM', async ({ page }) => {
  test.setTimeout(600_000);
  // The software adapter says that it is a real one. A service worker would answer before the test's own route could.
  await page.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    const disguise = `
      Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => ({ vendor: 'test', architecture: 'real', device: '', description: '' }) });`;
    await route.fulfill({ response, body: `${disguise}\n${await response.text()}` });
  });
  await page.goto('./');
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready', { timeout: 300_000 });
  expect(await backendOf(page)).toBe('webgpu');
  const engine = page.getByTestId('engine');
  await expect(engine.getByTestId('measured')).toHaveCount(0);

  const first = await scanAll(page, [ORDINARY]);
  await expect.poll(() => measuredOn(page), { timeout: 300_000 }).toMatchObject({ webgpu: { 64: expect.any(Number) }, wasm: { 64: expect.any(Number) } });

  await openReady(page);
  expect(await backendOf(page)).toBe('wasm-threads');
  await expect(engine.getByTestId('measured')).toContainText(/^WebGPU [\d.]+ m?s, WASM [\d.]+ m?s$/);
  expectSame(await scanAll(page, [ORDINARY]), first, [ORDINARY]);
});
