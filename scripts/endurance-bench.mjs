// `npm run bench:endurance [-- --scans 10000 --snapshots FOLDER]`: does the worker's memory grow with the texts that it reads? On the built demo, in Chromium.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addGuard, openDemo } from './built-demo.mjs';
import { variedTexts } from './varied-texts.mjs';
import { watchWorker } from './worker-heap.mjs';

const { values } = parseArgs({ options: { scans: { type: 'string', default: '10000' }, snapshots: { type: 'string' } } });
const SCANS = Number(values.scans);
/** What the first thousand leave behind is there to stay: compiled code, tables, the words that texts repeat. */
const SETTLED = 1000;
const STEP = 500;
if (!Number.isInteger(SCANS) || SCANS <= SETTLED) throw new Error(`--scans: a whole number above ${SETTLED}`);

const MB = 1e6;
const PARTS = { heap: 'JavaScript heap', buffers: 'buffers', wasm: 'WebAssembly memory' };
const shown = (measured) =>
  Object.keys(PARTS)
    .map((part) => `${(measured[part] / MB).toFixed(3)} MB`.padStart(20))
    .join('');

let worker;
const demo = await openDemo(async (page) => {
  worker = await watchWorker(page, 'engine.worker');
});
await addGuard(demo);
const keepSnapshot = async (scans) => values.snapshots && writeFileSync(join(values.snapshots, `${scans}.heapsnapshot`), await worker.snapshot());

console.log(`${SCANS} scans of short texts, no two alike, in Chromium ${demo.version}, on ${await demo.page.evaluate(() => window.bench.state.info.backend)}`);
console.log(
  `${'scans'.padStart(8)}${Object.values(PARTS)
    .map((name) => name.padStart(20))
    .join('')}`,
);
const texts = variedTexts();
const decisions = {};
let settled;
let last;
for (let scans = 0; scans < SCANS; ) {
  const batch = Array.from({ length: Math.min(STEP, SCANS - scans) }, () => texts.next().value);
  const decided = await demo.page.evaluate(async (batch) => {
    const decided = [];
    for (const text of batch) {
      const { decision, degraded } = await window.bench.scan(text);
      decided.push(degraded ? `degraded: ${degraded.reason.message}` : decision);
    }
    return decided;
  }, batch);
  for (const decision of decided) decisions[decision] = (decisions[decision] ?? 0) + 1;
  scans += batch.length;
  last = await worker.measure();
  console.log(`${String(scans).padStart(8)}${shown(last)}`);
  if (scans === SETTLED) {
    settled = last;
    await keepSnapshot(scans);
  }
}
await keepSnapshot(SCANS);
console.log(
  `decisions: ${Object.entries(decisions)
    .map(([decision, count]) => `${decision} ${count}`)
    .join(', ')}`,
);
const growth = (part) => `${((100 * (last[part] - settled[part])) / settled[part]).toFixed(1)} %`;
console.log(
  `growth after the first ${SETTLED}: ${Object.entries(PARTS)
    .map(([part, name]) => `${name} ${growth(part)}`)
    .join(', ')}`,
);
await demo.close();
process.exit();
