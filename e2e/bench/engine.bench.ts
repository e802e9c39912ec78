import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium, test } from '@playwright/test';
import { writeCard } from '../../packages/cli/src/card.ts';
import { BROWSER_ARGS, CHROMIUM } from '../../playwright.config.ts';
import { type BuiltPage, buildPage } from '../support/built-page.ts';
import { ISOLATION, PACKAGE } from '../support/plain-page.ts';
import { serveFolders } from '../support/static-site.ts';
import { type RivalSpec, race, type Start, start, visit } from './contenders.ts';
import { type Measured, ratiosOf } from './figures.ts';
import { DRAWING, drawingOf, reportOf } from './report.ts';

// Run by `npm run bench:engine`; prints, and asserts no time.

const MODELS = process.env['PORTCULLIS_BENCH_MODELS'] ?? '';
const CARD = process.env['PORTCULLIS_BENCH_CARD'];
const ROUNDS = Number(process.env['PORTCULLIS_BENCH_ROUNDS'] ?? 60);
const STARTS = Math.ceil(ROUNDS / 4);

/** As others run them in a page: of the slowest a few runs are enough. */
const RIVALS: readonly RivalSpec[] = [
  { name: 'e5-small-v2', task: 'feature-extraction', model: 'e5-small', every: 1 },
  { name: 'DeBERTa-v3-xsmall (Prompt Guard 2 22M)', task: 'text-classification', model: 'deberta-v3-xsmall', every: 3 },
  { name: 'DeBERTa-v3-base (ProtectAI v2)', task: 'text-classification', model: 'deberta-v3-base', every: 3 },
];
const GOALS: Readonly<Record<string, number>> = Object.fromEntries(RIVALS.map(({ name }, place) => [name, [3, 5, 15][place] ?? Number.NaN]));

async function measured(browser: Browser, built: BuiltPage, rivals: readonly RivalSpec[], isolated: boolean): Promise<Measured> {
  const folders = { ...PACKAGE, ...(rivals.length > 0 && { '/rivals/': MODELS }), '/': built.folder };
  await using site = await serveFolders(folders, isolated ? ISOLATION : {});
  await using context = await browser.newContext();
  const opened = async () => {
    const page = await context.newPage();
    await page.goto(`${site.url}/`);
    return page;
  };
  const first = await opened();
  await visit(first);
  await first.close();
  const starts: Start[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const page = await opened();
    starts.push(await start(page, round % 2 === 0 ? 'guard' : 'bare'));
    await page.close();
  }
  return { isolated, starts, race: await race(await opened(), rivals, ROUNDS) };
}

test('the speed of the engine', async () => {
  test.setTimeout(1_800_000);
  const rivals = RIVALS.filter(({ model }) => existsSync(join(MODELS, model, 'config.json')));
  if (rivals.length < RIVALS.length)
    console.log('Models to compare with are missing: python models/training/bench_models.py DIR makes them, --models DIR names them. Measuring the rest.');
  using built = await buildPage({ bare: 'packages/engine/src/page/testing/bare.ts', rival: 'packages/engine/src/page/testing/rival.ts' });
  await using browser = await chromium.launch({ executablePath: CHROMIUM, args: BROWSER_ARGS });
  const pages = [];
  for (const isolated of [true, false]) {
    const page = await measured(browser, built, rivals, isolated);
    pages.push({ measured: page, ratios: ratiosOf(page, rivals, GOALS) });
  }
  const report = reportOf(pages, rivals, browser.version());
  console.log(report);
  if (CARD === undefined) return;
  await writeCard(CARD, 'benchmarks', `![${DRAWING}](benchmarks.svg)\n\n${report}`);
  writeFileSync(
    join(dirname(CARD), 'benchmarks.svg'),
    drawingOf(
      pages.map(({ measured }) => measured),
      rivals,
    ),
  );
});
