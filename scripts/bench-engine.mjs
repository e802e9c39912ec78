// `npm run bench:engine -- [--models DIR] [--card docs/benchmarks.md] [--rounds 60]`: how fast the engine is, beside its own encoder and beside others' models.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root, tool } from './setup.mjs';

const { values } = parseArgs({ options: { models: { type: 'string' }, card: { type: 'string' }, rounds: { type: 'string' } } });
const { models, card, rounds } = values;
if (!existsSync(`${root}/dist/portcullis/guard.js`)) throw new Error('build first: npm run build');
const env = {
  ...process.env,
  ...(models && { PORTCULLIS_BENCH_MODELS: resolve(models) }),
  ...(card && { PORTCULLIS_BENCH_CARD: resolve(card) }),
  ...(rounds && { PORTCULLIS_BENCH_ROUNDS: rounds }),
};
tool('playwright', ['test', '--config', 'playwright.bench.config.ts', 'e2e/bench'], { env });
