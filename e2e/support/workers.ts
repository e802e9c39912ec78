import { expect, type Page, type Worker } from '@playwright/test';
import { INJECTION, ORDINARY, type Scanned, scanAll } from './page.ts';
import { expectSame } from './parity.ts';

/** Many windows, so that a fault finds it half read. */
const LONG = Array.from({ length: 160 }, (_, day) => `On day ${day} the committee met and went through the budget line by line.`).join(' ');
/** What is read while a fault strikes. */
export const STRUCK = [LONG, INJECTION, ORDINARY];
/** The same for a software GPU, which takes minutes for one batch of the long text. */
export const STRUCK_ON_GPU = [LONG.slice(0, 2000), INJECTION, ORDINARY];

/** What the tests keep in the page. */
export interface Kept {
  workers: { terminate(): void }[];
  /** Those of them that the page has ended. */
  ended: Set<unknown>;
  /** Workers when the scans began: a slow software GPU may have taken more than one to start. */
  before: number;
  /** What the guard said of its engine since. */
  faults: string[];
  signsOfLife: number;
  pending: Promise<Scanned[]>;
}

/** Keeps the workers of a page that is not open yet, and counts what they say of themselves. */
export function watchWorkers(page: Page): Promise<unknown> {
  return page.addInitScript(() => {
    const kept = globalThis as unknown as Kept;
    kept.workers = [];
    kept.ended = new Set();
    kept.signsOfLife = 0;
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        kept.workers.push(this);
        this.addEventListener('message', ({ data }) => {
          if (data?.silenceMs) kept.signsOfLife += 1;
        });
      }
      override terminate(): void {
        kept.ended.add(this);
        super.terminate();
      }
    };
  });
}

interface Guarding {
  scan(text: string): Promise<Scanned>;
  on(type: 'error', listener: (error: { message: string }) => void): void;
}

export const enginesOf = (page: Page): Worker[] => page.workers().filter((worker) => worker.url().includes('engine.worker'));

export function engineOf(page: Page): Worker {
  const [engine] = enginesOf(page);
  if (engine === undefined) throw new Error('no engine runs');
  return engine;
}

/** Asks for all texts at once, and returns when the engine is at the windows of the first. */
export async function beginScans(page: Page, texts: readonly string[] = STRUCK): Promise<void> {
  await page.evaluate((texts) => {
    const kept = globalThis as unknown as Kept;
    const { guard } = document.querySelector('portcullis-guard') as unknown as { guard: Guarding };
    kept.signsOfLife = 0;
    kept.before = kept.workers.length;
    kept.faults = [];
    guard.on('error', ({ message }) => kept.faults.push(message));
    kept.pending = Promise.all(texts.map((text) => guard.scan(text)));
  }, texts);
  await page.waitForFunction(() => (globalThis as unknown as Kept).signsOfLife >= 2, undefined, { polling: 5 });
}

/** All texts are answered as they are where nothing is at fault, by one more worker, without a reload. */
export async function expectRecovered(page: Page, undisturbed: readonly Scanned[], texts: readonly string[] = STRUCK): Promise<void> {
  const after = await page.evaluate(() => (globalThis as unknown as Kept).pending);
  const { more, left, faults } = await page.evaluate(() => {
    const { workers, ended, before, faults } = globalThis as unknown as Kept;
    return { more: workers.length - before, left: workers.length - ended.size, faults };
  });
  expect(more, faults.join('\n')).toBe(1);
  // Not those that the browser lists: one that waits for a software GPU ends when that has gone through its queue, minutes later.
  expect(left).toBe(1);
  for (const again of [after, await scanAll(page, texts)]) expectSame(again, undisturbed, texts);
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
}
