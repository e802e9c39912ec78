import { readdirSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { backendOf, INJECTION, ORDINARY, openReady, type Scanned, scanAll } from './support/page.ts';
import { test } from './support/visited.ts';
import { beginScans, engineOf, enginesOf, expectRecovered, type Kept, STRUCK, watchWorkers } from './support/workers.ts';

// Faults of real workers, on the built page. Each may cost time; none may cost a verdict, its order, or the page.

const BATCH_SILENCE_MS = 60_000;
const IDLE_MS = 300_000;

/** What the guard says of the texts where nothing is at fault. */
let undisturbed: readonly Scanned[];
test.beforeAll(async ({ visited }) => {
  const page = await visited.newPage();
  await openReady(page);
  undisturbed = await scanAll(page, STRUCK);
  await page.close();
});

test.beforeEach(({ page }) => watchWorkers(page));

/** Opens the page and waits for what it asks of the engine at its start: a clock that runs ahead would take that for a silence. */
async function openIdle(page: Page): Promise<void> {
  await openReady(page);
  await scanAll(page, [ORDINARY]);
}

const FAULTS: readonly [name: string, scanAndStrike: (page: Page) => Promise<void>][] = [
  [
    'an error that nothing catches',
    async (page) => {
      await beginScans(page);
      await engineOf(page).evaluate(() => {
        setTimeout(() => {
          throw new Error('of the test');
        });
      });
    },
  ],
  [
    'memory that is not to be had',
    async (page) => {
      // As Chromium says it of an array. The runtime's own memory is large enough for every scan once it has loaded the models.
      await engineOf(page).evaluate(() => {
        Float32Array.prototype.slice = () => {
          throw new RangeError('Array buffer allocation failed');
        };
      });
      await beginScans(page);
    },
  ],
  [
    'a worker that is gone without a word',
    async (page) => {
      await beginScans(page);
      await page.evaluate(() => (globalThis as unknown as Kept).workers[0]?.terminate());
      await page.clock.runFor(BATCH_SILENCE_MS);
    },
  ],
  [
    'a worker that hangs',
    async (page) => {
      await beginScans(page);
      // Never answered: the loop ends with the worker.
      void engineOf(page)
        .evaluate(() => {
          for (;;);
        })
        .catch(() => {});
      await page.waitForTimeout(2000);
      await page.clock.runFor(BATCH_SILENCE_MS);
    },
  ],
];

for (const [name, scanAndStrike] of FAULTS) {
  test(`${name}, in the midst of a scan: all are answered, by another worker`, async ({ page }) => {
    test.setTimeout(600_000);
    await page.clock.install();
    // A worker of its own for the fault.
    await openIdle(page);
    await scanAndStrike(page);
    await expectRecovered(page, undisturbed);
    expect(await backendOf(page)).toBe('wasm-threads');
  });
}

test('after a time without scans the worker ends; the next scan revives it with the network gone', async ({ page, context }) => {
  await page.clock.install();
  await openIdle(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);

  await page.clock.runFor(IDLE_MS);
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'asleep');
  await expect(page.getByTestId('engine')).toContainText('its memory is given back');
  await expect.poll(() => enginesOf(page).length).toBe(0);

  await context.setOffline(true);
  await page.getByTestId('composer').click();
  await page.keyboard.type(INJECTION);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  await expect(page.getByTestId('engine').getByTestId('progress')).toContainText('nothing downloaded');
  expect((await scanAll(page, STRUCK)).map(({ decision, score }) => ({ decision, score }))).toEqual(
    undisturbed.map(({ decision, score }) => ({ decision, score })),
  );
});

test('two components of one page share a worker, until both are gone', async ({ page }) => {
  await openReady(page);
  const bundle = new URL(`models/${readdirSync('dist/demo/models')[0]}/`, page.url()).href;
  await page.evaluate((url) => {
    const second = document.createElement('portcullis-guard');
    second.setAttribute('bundle', url);
    second.setAttribute('policy', '{"preset":"strict"}');
    second.append(Object.assign(document.createElement('textarea'), { ariaLabel: 'Second' }));
    document.body.append(second);
  }, bundle);
  const second = page.locator('portcullis-guard[bundle]');
  await expect(second).toHaveAttribute('state', 'ready');
  await second.getByRole('textbox').fill(INJECTION);
  await second.getByRole('textbox').press('Enter');
  await expect(second).toHaveAttribute('state', 'blocked');
  expect(await page.evaluate(() => (globalThis as unknown as Kept).workers.length)).toBe(1);

  await second.evaluate((element) => element.remove());
  expect((await scanAll(page, [INJECTION]))[0]?.decision).toBe('block');
  expect(enginesOf(page).length).toBe(1);
  await page.locator('portcullis-guard').evaluate((element) => (element as HTMLElement & { guard: { close(): void } }).guard.close());
  await expect.poll(() => enginesOf(page).length).toBe(0);
});
