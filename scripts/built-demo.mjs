// The built demo in Chromium, for benchmarks.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { root } from './setup.mjs';

/** Opens the demo, and waits until its guard runs. `prepare`: what is done with the page before. `close()` ends browser and server. */
export async function openDemo(prepare = async () => {}) {
  const built = join(root, 'dist', 'demo');
  if (!existsSync(join(built, 'index.html'))) throw new Error('build first: npm run build');
  const server = await preview({ root: join(root, 'apps', 'demo'), configFile: join(root, 'vite.config.ts'), preview: { port: 0 }, logLevel: 'silent' });
  const url = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  await prepare(page);
  await page.goto(url);
  await page.click('#fetch-agree');
  await page.waitForSelector('[data-testid=engine-chip][data-phase=ready]', { timeout: 120_000 });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { page, url, version: browser.version(), close };
}

/** Adds a guard of its own policy to the demo: it shares the page's worker, and reads no conversation. It is `window.bench` then. */
export async function addGuard({ page, url }, policy = {}) {
  const [bundle] = readdirSync(join(root, 'dist', 'demo', 'models'));
  await page.evaluate(
    async ([bundle, policy]) => {
      const gate = Object.assign(document.createElement('portcullis-guard'), { bundle, policy });
      document.body.append(gate);
      await gate.updateComplete;
      window.bench = gate.activeGuard;
      await window.bench.ready;
    },
    [`${url}models/${bundle}/`, JSON.stringify(policy)],
  );
  if (page.workers().filter((worker) => worker.url().includes('engine.worker')).length !== 1) throw new Error('the guards have a worker each');
}
