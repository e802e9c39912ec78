// `npm run bench:typing`: is the verdict there when a person who types at 40 words a minute presses Enter? On the built demo, in Chromium.
import { openDemo } from './built-demo.mjs';
import { LONG_MS, loop, tasksOf } from './page-tasks.mjs';
import { randomOf } from './random.mjs';

const SENDS = Number(process.argv[2] ?? 200);
/** 40 words a minute, five characters each; a person is up to 40 % faster or slower from key to key. */
const KEY_MS = 300;
const SPREAD = 0.4;
/** So many keys before Enter are typed at that pace; what stands before them is there at once, to save an hour. */
const TYPED = 5;
/** Sends that one trace holds. */
const TRACED = 20;
const OPENINGS = [
  'What should I pack for a weekend of hiking in the Alps in October, with ',
  'Can you explain how a heat pump works to a class of ',
  'Write a short birthday poem for my grandmother, who has ',
  'Summarise the rules of chess for beginners in ',
  'My train was late again, and I want to ask for a refund of ',
  'Suggest a vegetarian dinner without nuts for ',
];
const ENDINGS = ['two children?', 'my neighbours.', 'seven people, please.', 'a friend from Lyon?', 'ten minutes.'];
const messages = Array.from({ length: SENDS }, (_, index) => `${OPENINGS[index % OPENINGS.length]}${index + 2} and ${ENDINGS[index % ENDINGS.length]}`);

const random = randomOf(7);

const { page, close } = await openDemo();
await page.evaluate(() => {
  window.longTasks = [];
  window.latencies = [];
  document.querySelector('portcullis-guard').guard.on('verdict', ({ verdict }) => window.latencies.push(verdict.latencyMs));
  new PerformanceObserver((list) => window.longTasks.push(...(window.observed ? list.getEntries().map(({ duration }) => Math.round(duration)) : []))).observe({
    type: 'longtask',
  });
});

/** Types the message and presses Enter. @returns whether the verdict was there by then */
async function typeAndSend(message) {
  await page.getByTestId('composer').click();
  await page.keyboard.insertText(message.slice(0, -TYPED));
  for (const key of message.slice(-TYPED)) {
    await page.waitForTimeout(KEY_MS * (1 + SPREAD * (2 * random() - 1)));
    await page.keyboard.press(key === ' ' ? 'Space' : key);
  }
  await page.waitForTimeout(KEY_MS * (1 + SPREAD * (2 * random() - 1)));
  const ready = await page.evaluate(() => document.querySelector('portcullis-guard')?.matches(':state(checked)'));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('portcullis-guard')?.getAttribute('state') === 'allowed', undefined, { timeout: 60_000 });
  return ready;
}

let ready = 0;
const tasks = [];
for (let first = 0; first < SENDS; first += TRACED) {
  const traced = await tasksOf(page.context().browser(), page, async () => {
    await loop(page);
    await page.evaluate(() => {
      window.observed = true;
    });
    for (const message of messages.slice(first, first + TRACED)) ready += Number(await typeAndSend(message));
    await page.evaluate(() => {
      window.observed = false;
    });
    await loop(page);
  });
  tasks.push(...traced);
}
tasks.sort((a, b) => b.ms - a.ms);
const backend = await page.evaluate(() => document.querySelector('portcullis-guard').guard.state.info.backend);
const [longTasks, latencies] = await page.evaluate(() => [window.longTasks, window.latencies.sort((a, b) => a - b)]);
/** Of the readings while typing, the time of one in the worker. */
const latencyAt = (share) => Math.round(latencies[Math.floor(share * (latencies.length - 1))] ?? 0);
await close();
process.stdout.write(
  `${SENDS} sends at ${60_000 / KEY_MS / 5} words a minute on ${backend}: the verdict was there in ${ready} (${((100 * ready) / SENDS).toFixed(1)} %); ` +
    `${latencies.length} readings, ${latencyAt(0.5)} ms each (95 %: ${latencyAt(0.95)}); ` +
    `of ${tasks.length} tasks on the page ${tasks.filter(({ ms }) => ms > LONG_MS).length} computed for more than ${LONG_MS} ms, ` +
    `the longest ${tasks[0]?.ms.toFixed(1)} (${tasks[0]?.parts.join(', ')}); ` +
    `by the clock, which tells of the machine too, ${longTasks.length} took longer${longTasks.length > 0 ? `: ${longTasks.join(', ')} ms` : ''}\n`,
);
process.exit();
