// `npm run parity -- --data FOLDER [--rows 200 --gpu-rows 20 --seed 1]`: the same texts in Node and on every backend of Chromium. FOLDER holds sets of prompts,
// NAME.jsonl.gz each. Build first. Fails where the builds come apart.
import { parseArgs } from 'node:util';
import { findBrowsers } from './browsers.mjs';
import { tool } from './setup.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    rows: { type: 'string', default: '200' },
    'gpu-rows': { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.data === undefined) throw new Error('--data: a folder of sets of prompts');
for (const name of ['rows', 'gpu-rows', 'seed']) if (!/^\d+$/.test(values[name])) throw new Error(`--${name}: a whole number`);
const env = {
  ...process.env,
  ...findBrowsers(),
  PARITY_DATA: values.data,
  PARITY_ROWS: values.rows,
  PARITY_GPU_ROWS: values['gpu-rows'],
  PARITY_SEED: values.seed,
};
tool('playwright', ['test', '--config', 'playwright.bench.config.ts', 'e2e/parity.bench.ts'], { env, stdio: 'inherit' });
