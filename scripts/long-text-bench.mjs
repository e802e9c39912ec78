// `npm run bench:long [-- --units 1000000 --aborts 10]`: what a token of a long paste costs beside one of a short text, and how soon a scan of it ends when it is
// aborted. On the built demo, in Chromium; no figure but ratios and the aborts' milliseconds means anything on another machine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addGuard, openDemo } from './built-demo.mjs';
import { root } from './setup.mjs';
import { tokenCounter } from './token-count.mjs';
import { prose } from './varied-texts.mjs';

const { values } = parseArgs({
  options: { units: { type: 'string', default: '1000000' }, aborts: { type: 'string', default: '10' } },
});
const [UNITS, ABORTS] = [Number(values.units), Number(values.aborts)];
const SHORT_RUNS = 20;
/** When, after its start, a scan is aborted: while it is screened, tokenized and ranked, and while the encoder reads. */
const ABORT_AFTER_MS = [50, 200, 500, 1000, 2000];

const { encoder } = JSON.parse(readFileSync(join(root, 'models', 'bundle', 'manifest.json'), 'utf8'));
const countTokens = tokenCounter();
/** Special tokens and the prefix stand in each window, too. */
const body = encoder.maxTokens - 2 - countTokens(encoder.prefix);
const step = body - encoder.overlapTokens;
const windowsOf = (tokens) => 1 + Math.ceil(Math.max(0, tokens - body) / step);

/** Prose of so many tokens, cut between words. */
function ofTokens(tokens, seed) {
  let text = prose(8 * tokens, seed);
  while (countTokens(text) > tokens) text = text.slice(0, text.lastIndexOf(' '));
  return text;
}

const demo = await openDemo();
const { page } = demo;
await addGuard(demo, { maxTokens: 1_000_000, maxMillis: 600_000, variants: { maxBytes: 64 * 1024 * 1024 } });
console.log(`Chromium ${demo.version}, ${await page.evaluate(() => window.bench.state.info.backend)}`);

/** The time that a scan takes in the worker. */
const scan = (text) =>
  page.evaluate(async (text) => {
    const { latencyMs, degraded } = await window.bench.scan(text);
    if (degraded) throw new Error(`incomplete: ${degraded.reason.message}`);
    return latencyMs;
  }, text);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function costOf(name, texts) {
  const tokens = countTokens(texts[0]);
  const times = [];
  for (const text of texts) times.push(await scan(text));
  const [time, windows] = [median(times), windowsOf(tokens)];
  console.log(
    `${name}: ${tokens} tokens, ${windows} windows, ${time.toFixed(0)} ms: ${((1000 * time) / tokens).toFixed(0)} µs a token, ${(time / windows).toFixed(1)} ms a window`,
  );
  return { token: time / tokens, window: time / windows };
}
const several = (tokens, seed) => Array.from({ length: SHORT_RUNS }, (_, run) => ofTokens(tokens, seed + run));
const long = prose(UNITS);
const warm = several(encoder.maxTokens, 1000);
for (const text of warm) await scan(text);
const two = await costOf(`${encoder.maxTokens} tokens`, several(encoder.maxTokens, 2000));
const one = await costOf('one full window', several(body, 3000));
const whole = await costOf(`${UNITS} characters`, [long]);
console.log(
  `a token of the long text costs ${(whole.token / two.token).toFixed(2)} × one of a text of ${encoder.maxTokens} tokens, ` +
    `${(whole.token / one.token).toFixed(2)} × one of a text of ${body} (windows overlap: ${(body / step).toFixed(2)} × by itself); ` +
    `a window ${(whole.window / one.window).toFixed(2)} ×`,
);

/** Until the page's promise rejects, and until the worker begins with the next question. */
const abortAfter = (text, ms) =>
  page.evaluate(
    async ([text, ms]) => {
      const abort = new AbortController();
      const ended = window.bench.scan(text, { signal: abort.signal }).then(
        () => Promise.reject(new Error('the scan was done before')),
        (error) => error.name === 'AbortError' || Promise.reject(error),
      );
      await new Promise((resolve) => setTimeout(resolve, ms));
      const aborted = performance.now();
      abort.abort();
      await ended;
      const rejected = performance.now() - aborted;
      const { latencyMs } = await window.bench.scan('Good morning!');
      return { rejected, free: performance.now() - aborted - latencyMs };
    },
    [text, ms],
  );
console.log(`aborted, median (most) of ${ABORTS}: until the promise rejects, and until the worker takes the next question`);
for (const ms of ABORT_AFTER_MS) {
  const times = [];
  // Not at one moment of the work every time.
  for (let run = 0; run < ABORTS; run += 1) times.push(await abortAfter(long, ms + 13 * run));
  const told = (which) => `${median(times.map((time) => time[which])).toFixed(1)} (${Math.max(...times.map((time) => time[which])).toFixed(1)}) ms`;
  console.log(`  after ${ms} ms: ${told('rejected')}, ${told('free')}`);
}
await demo.close();
process.exit();
