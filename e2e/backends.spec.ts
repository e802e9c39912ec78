import { expect, type Page, test } from '@playwright/test';
import { backendOf, ORDINARY, openReady, scanAll } from './support/page.ts';
import { measuredOn } from './support/store.ts';

// The only adapter here computes on the CPU; in these tests it says that it is a real one.

// A service worker would answer before the tests' own routes could.
test.use({ serviceWorkers: 'block' });

/** Has the worker run a script first. */
async function beforeEngine(page: Page, script: string): Promise<void> {
  await page.route('**/engine.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

const DISGUISE = `
  Object.defineProperty(GPUAdapter.prototype, 'info', { get: () => ({ vendor: 'test', architecture: 'real', device: '', description: '' }) });`;

test('a WebGPU that does not start leaves it to WASM, and is not tried again on the next visit', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(request.url()));
  await beforeEngine(page, `${DISGUISE}\nGPUAdapter.prototype.requestDevice = () => Promise.reject(new Error('of the test'));`);
  await openReady(page);
  const measured = page.getByTestId('engine').getByTestId('measured');
  expect(await backendOf(page)).toBe('wasm-threads');
  await expect(measured).toHaveText('WebGPU did not start');
  expect(await measuredOn(page)).toEqual({ webgpu: 'lost' });
  const ofWebGpu = () => fetched.filter((url) => /asyncify|webgpu/.test(url));
  expect(ofWebGpu()).not.toEqual([]);

  fetched.length = 0;
  await openReady(page);
  expect(await backendOf(page)).toBe('wasm-threads');
  await expect(measured).toHaveText('WebGPU did not start');
  expect(ofWebGpu()).toEqual([]);
  expect((await scanAll(page, [ORDINARY]))[0]).toMatchObject({ decision: 'allow', backend: 'wasm-threads' });
});
