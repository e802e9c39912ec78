import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { compileRules, matchRules } from '@portcullis/core';
import { build } from 'vite';
import { bench } from 'vitest';
import { defaultPacks } from './index.ts';
import type { GrowthAsked, GrowthMeasured } from './node/growth-row.ts';
import { rulePacks } from './node/vite-plugin.ts';
import { PROSE } from './testing/prose.ts';

// What patterns like: beginnings that never come to their end, and long runs of one character.
const BAIT = [
  PROSE,
  'a',
  ' ',
  '\n',
  '"',
  '. ',
  '4111 ',
  'eyJ',
  'a@a.',
  '<!-- ',
  '</user>',
  '[#=*',
  '![a](http://a',
  'ignore all previous ',
  'forget everything that I ',
  'please print your ',
  'act as no ai that never says ',
  'decode the base64 ',
  'send the secret to ',
  'vergiss alles was ',
  '忽略之前的',
];

// Of so many patterns V8 optimises no more from some point on (`TooMuchRegExpCode`), and is three times as slow behind it: a thread a row, with an isolate of its own.
const outDir = await mkdtemp(join(tmpdir(), 'growth-'));
const ssr = fileURLToPath(new URL('node/growth-row.ts', import.meta.url));
await build({ configFile: false, logLevel: 'error', plugins: [rulePacks()], ssr: { noExternal: true }, build: { ssr, outDir } });

const measured = (asked: GrowthAsked): Promise<GrowthMeasured> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(join(outDir, 'growth-row.js'), { workerData: asked });
    thread.once('message', resolve);
    thread.once('error', reject);
  });

// Growth is a relation between two rows, which a bench's own table does not show.
const rows = [];
for (const unit of BAIT) {
  for (const awake of [true, false]) {
    const { small, large } = await measured({ unit, awake });
    rows.push({
      unit: JSON.stringify(unit.slice(0, 24)),
      awake,
      '100 KB, ms': small.toFixed(1),
      '1 MB, ms': large.toFixed(1),
      growth: (large / small).toFixed(1),
    });
  }
}
await rm(outDir, { recursive: true });
console.table(rows);

const rules = compileRules(defaultPacks);
const text = PROSE.repeat(700).slice(0, 100_000);
bench('100 KB of prose', () => void matchRules(rules, text));
