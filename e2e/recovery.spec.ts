import { expect, type Page, test, type Worker } from '@playwright/test';
import { backendOf, INJECTION, ORDINARY, openReady, type Scanned, scanAll } from './support/page.ts';

// Faults of real workers, on the built page. Each may cost time; none may cost a verdict, its order, or the page.

/** Many windows, so that a fault finds it half read. */
const LONG = Array.from({ length: 160 }, (_, day) => `On day ${day} the committee met and went through the budget line by line.`).join(' ');
const TEXTS = [LONG, INJECTION, ORDINARY];
const SCORE_TOLERANCE = 1e-3;
const BATCH_SILENCE_MS = 60_000;
const IDLE_MS = 300_000;

/** What the tests keep in the page. */
interface Kept {
  workers: { terminate(): void }[];
  signsOfLife: number;
  pending: Promise<Scanned[]>;
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const kept = globalThis as unknown as Kept;
    kept.workers = [];
    kept.signsOfLife = 0;
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        kept.workers.push(this);
        this.addEventListener('message', ({ data }) => {
          if (data?.silenceMs) kept.signsOfLife += 1;
        });
      }
    };
  });
});

const enginesOf = (page: Page): Worker[] => page.workers().filter((worker) => worker.url().includes('engine.worker'));

function engineOf(page: Page): Worker {
  const [engine] = enginesOf(page);
  if (engine === undefined) throw new Error('no engine runs');
  return engine;
}

/** Asks for all texts at once, and returns when the engine is at the windows of the first. */
async function beginScans(page: Page): Promise<void> {
  await page.evaluate((texts) => {
    const kept = globalThis as unknown as Kept;
    const { guard } = document.querySelector('portcullis-guard') as unknown as { guard: { scan(text: string): Promise<Scanned> } };
    kept.signsOfLife = 0;
    kept.pending = Promise.all(texts.map((text) => guard.scan(text)));
  }, TEXTS);
  await page.waitForFunction(() => (globalThis as unknown as Kept).signsOfLife >= 2, undefined, { polling: 5 });
}

/** What became of them, on which worker, without a reload. */
async function expectRecovered(page: Page, before: readonly Scanned[]): Promise<void> {
  const after = await page.evaluate(() => (globalThis as unknown as Kept).pending);
  expect(await page.evaluate(() => (globalThis as unknown as Kept).workers.length)).toBe(2);
  for (const again of [after, await scanAll(page, TEXTS)]) {
    for (const [i, verdict] of again.entries()) {
      expect(verdict.degraded, TEXTS[i]).toBeUndefined();
      expect(verdict.decision, TEXTS[i]).toBe(before[i]?.decision);
      expect(Math.abs((verdict.score ?? Number.NaN) - (before[i]?.score ?? Number.NaN)), TEXTS[i]).toBeLessThanOrEqual(SCORE_TOLERANCE);
    }
  }
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  expect(enginesOf(page).length).toBe(1);
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
    'memory that cannot grow',
    async (page) => {
      await engineOf(page).evaluate(() => {
        WebAssembly.Memory.prototype.grow = () => {
          throw new RangeError('out of memory');
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
    await openReady(page);
    const before = await scanAll(page, TEXTS);
    // A worker of its own for the fault: in the first one all memory that the texts need is there already.
    await page.reload();
    await openReady(page);
    await scanAndStrike(page);
    await expectRecovered(page, before);
    expect(await backendOf(page)).toBe('wasm-threads');
  });
}

test.describe('on WebGPU', () => {
  test.use({ serviceWorkers: 'block' });

  test('a device that is lost in the midst of a scan: all are answered, on WASM', async ({ page }) => {
    test.setTimeout(1_800_000);
    await openReady(page, './?backend=wasm');
    const before = await scanAll(page, TEXTS);
    await page.route('**/engine.worker*.js', async (route) => {
      const response = await route.fetch();
      const keepDevice = `
        const request = GPUAdapter.prototype.requestDevice;
        GPUAdapter.prototype.requestDevice = async function (...args) {
          return (self.device = await request.apply(this, args));
        };`;
      await route.fulfill({ response, body: `${keepDevice}\n${await response.text()}` });
    });
    await page.goto('about:blank');
    await page.goto('./?backend=webgpu');
    await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready', { timeout: 900_000 });
    expect(await backendOf(page)).toBe('webgpu');
    await beginScans(page);
    await engineOf(page).evaluate(() => (globalThis as unknown as { device: { destroy(): void } }).device.destroy());
    await expectRecovered(page, before);
    expect(await backendOf(page)).toBe('wasm-threads');
  });
});

test('after a time without scans the worker ends; the next scan revives it with the network gone', async ({ page, context }) => {
  test.setTimeout(300_000);
  await page.clock.install();
  await openReady(page);
  const before = await scanAll(page, TEXTS);
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
  expect((await scanAll(page, TEXTS)).map(({ decision, score }) => ({ decision, score }))).toEqual(before.map(({ decision, score }) => ({ decision, score })));
});

test('two components of one page share a worker, until both are gone', async ({ page }) => {
  const manifest = page.waitForRequest(/\/models\/.*manifest\.json/);
  await openReady(page);
  const bundle = new URL('.', (await manifest).url()).href;
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
