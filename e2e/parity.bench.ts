import { expect, type Page, test } from '@playwright/test';
import { CHROMIUM, WEBGPU_ARGS } from '../playwright.config.ts';
import { embedInNode } from './support/node-scan.ts';
import { backendOf, embedAll, openAgreed, scanAll } from './support/page.ts';
import { type Distance, distanceOf, type Embedded, GPU_SCORE_TOLERANCE, LEAST_COSINE, SCORE_TOLERANCE } from './support/parity.ts';
import { ISOLATION } from './support/plain-page.ts';
import { sampleOf } from './support/sample.ts';
import { serveFolders } from './support/static-site.ts';

// The same texts in Node and on every backend of the browser. Run by `npm run parity`; prints a table, and fails where two builds come apart.

test.use({ launchOptions: { executablePath: CHROMIUM, args: WEBGPU_ARGS } });

const { PARITY_DATA, PARITY_ROWS, PARITY_GPU_ROWS, PARITY_SEED } = process.env;
/** UTF-16 code units of a text for the software adapter, which takes seconds for each window. */
const SHORT = 100;
/** Texts at a time. */
const BATCH = 20;

async function readAll(page: Page, texts: readonly string[]): Promise<Embedded[]> {
  const all: Embedded[] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    const batch = texts.slice(start, start + BATCH);
    const embeddings = await embedAll(page, batch);
    all.push(...(await scanAll(page, batch)).map((verdict, i) => ({ ...verdict, embeddings: embeddings[i] ?? [] })));
  }
  return all;
}

test('the builds agree', async ({ browser }) => {
  test.setTimeout(3_600_000);
  if (!PARITY_DATA) throw new Error('run by `npm run parity -- --data FOLDER`');
  const texts = await sampleOf(PARITY_DATA, Number(PARITY_ROWS), Number(PARITY_SEED));
  const short = texts.filter(({ length }) => length <= SHORT).slice(0, Number(PARITY_GPU_ROWS));
  const inNode = await embedInNode(texts);
  const nodeOf = new Map(texts.map((text, i) => [text, inNode[i] as Embedded]));

  await using isolated = await serveFolders({ '/': 'dist/demo' }, ISOLATION);
  await using plain = await serveFolders({ '/': 'dist/demo' }, {});
  const builds = [
    { backend: 'wasm-threads', url: `${isolated.url}/?backend=wasm`, texts, tolerance: SCORE_TOLERANCE },
    { backend: 'wasm', url: `${plain.url}/?backend=wasm`, texts, tolerance: SCORE_TOLERANCE },
    { backend: 'webgpu', url: `${isolated.url}/?backend=webgpu`, texts: short, tolerance: GPU_SCORE_TOLERANCE },
  ];
  const told = (cells: readonly (string | number)[]): void =>
    console.log(cells.map((cell, i) => (i === 0 ? String(cell).padEnd(14) : String(cell).padStart(16))).join(''));
  told(['beside Node', 'rows', 'windows', 'least cosine', 'scores apart', 'at most', 'decided otherwise']);
  const misses: string[] = [];
  for (const { backend, url, texts, tolerance } of builds.filter(({ texts }) => texts.length > 0)) {
    const page = await browser.newPage();
    await openAgreed(page, url);
    await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready', { timeout: 900_000 });
    expect(await backendOf(page)).toBe(backend);
    const distance: Distance = distanceOf(
      await readAll(page, texts),
      texts.map((text) => nodeOf.get(text) as Embedded),
    );
    await page.close();
    const { windows, cosine, score, otherwise } = distance;
    told([backend, texts.length, windows, cosine.toFixed(6), score.toExponential(1), tolerance, otherwise.length]);
    // Such that NaN misses, too.
    if (!(cosine >= LEAST_COSINE)) misses.push(`${backend}: a cosine of ${cosine}`);
    if (!(score <= tolerance)) misses.push(`${backend}: scores ${score} apart`);
    for (const i of otherwise) misses.push(`${backend}: decided otherwise: ${JSON.stringify(texts[i])}`);
  }
  expect(misses).toEqual([]);
});
