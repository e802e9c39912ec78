// `npm run size`: what visitors load of what is built, and what it may weigh at the most. Fails where a part weighs more. Build first.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { filesForTexts } from './files-for-texts.mjs';
import { root } from './setup.mjs';
import { filesIn, zipped } from './zip.mjs';

const demo = join(root, 'dist', 'demo');
const extension = join(root, 'dist', 'extension');
const assets = join(demo, 'assets');

function only(found, what) {
  if (found.length === 1) return found[0];
  throw new Error(`${found.length === 0 ? 'no' : 'more than one'} ${what} is built: npm run build`);
}
const asset = (pattern) =>
  join(
    assets,
    only(
      readdirSync(assets).filter((name) => pattern.test(name)),
      `file ${pattern}`,
    ),
  );

/** A script and all that it imports before it runs; what it may import later is not among them. */
function loadedWith(script, seen = new Set()) {
  if (seen.has(script)) return seen;
  seen.add(script);
  for (const [, path] of readFileSync(script, 'utf8').matchAll(/\b(?:from|import)\s?["'](\.[^"']+)["']/g)) loadedWith(join(dirname(script), path), seen);
  return seen;
}

/** Each file packed by itself, as servers send it. Node's packer: of large files, GNU's makes 0.7 % less. */
const packed = (files) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).byteLength, 0);

function page() {
  const scripts = [...readFileSync(join(demo, 'index.html'), 'utf8').matchAll(/<script [^>]*src="([^"]+)"/g)].map(([, src]) => src);
  return packed(loadedWith(join(demo, only(scripts, 'script of the page'))));
}

/** On WASM: the binary, its glue, and what calls them. */
const runtime = () => packed([/^ort-wasm-simd-threaded-[\w-]+\.wasm$/, /^ort-wasm-simd-threaded-[\w-]+\.mjs$/, /^ort\.wasm\.min-[\w-]+\.js$/].map(asset));

/** The manifest and what it lists, without what only tool calls and conversations take. */
function bundle() {
  const folder = join(root, 'models', 'bundle');
  const names = filesForTexts(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
  return ['manifest.json', ...names].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

const KB = 1e3;
const MB = 1e6;
/** `bound` stands where there is no goal, or it is not met yet: what was measured, and 2 %. */
const PARTS = [
  { part: 'scripts of the page before the engine, gz', unit: KB, goal: 30, measure: page },
  {
    part: 'scripts of the worker, gz',
    unit: KB,
    goal: 150,
    bound: 159,
    measure: () => packed([/^engine\.worker-[\w-]+\.js$/, /^serve-engine-[\w-]+\.js$/].flatMap((part) => [...loadedWith(asset(part))])),
  },
  { part: 'runtime on WASM, gz', unit: MB, goal: 3.7, bound: 3.78, measure: runtime },
  { part: 'models for texts', unit: MB, goal: 25, measure: bundle },
  { part: 'extension for Chromium, zip', unit: MB, bound: 34, measure: () => zipped(extension, filesIn(extension)).byteLength },
];

for (const folder of [demo, extension]) if (!existsSync(folder)) throw new Error(`${basename(folder)} is not built: npm run build`);
const row = (...cells) =>
  console.log(
    `${cells[0].padEnd(44)}${cells
      .slice(1)
      .map((cell) => cell.padStart(12))
      .join('')}`,
  );
row('', 'figure', 'goal', 'at most');
for (const { part, unit, goal, bound = goal, measure } of PARTS) {
  const size = measure();
  const shown = (figure) => `${figure} ${unit === KB ? 'kB' : 'MB'}`;
  row(part, shown((size / unit).toFixed(2)), goal === undefined ? '' : shown(goal), shown(bound));
  if (size <= bound * unit) continue;
  console.error(`${part}: over the bound of ${shown(bound)}`);
  process.exitCode = 1;
}
