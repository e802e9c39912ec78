// What the page's thread computed, task by task. How long a task takes by the clock tells of the machine, too: one that is busy takes many times as
// long. What counts here is the thread's own time in Chromium's trace, held against a loop that computes the same everywhere.

/** What counts as a long task: https://www.w3.org/TR/longtasks-1/ */
export const LONG_MS = 50;
/** A run of `loop` on the machine that the bound was set on: the least of forty, in Chromium 156. */
const LOOP_MS = 9.6;
const LOOP_MARK = 'portcullis-loop';
/** What runs scripts, in Chromium's traces: what these took is ours, with the layout that they force. The rest is the browser's. */
const SCRIPT =
  /^(?:v8\.evaluateModule|EvaluateScript|FunctionCall|RunMicrotasks|TimerFire|HandlePostMessage|FireIdleCallback|FireAnimationFrame|EventDispatch)$/;

/**
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: { fileName?: string, data?: { url?: string, type?: string, functionName?: string } } }} TraceEvent
 * `tdur`: what the thread computed, in microseconds; the clock's time is `dur`.
 * @typedef {{ ms: number, what: string, nth: number, parts: string[] }} Task
 * A task of the page's thread: how long its scripts took; which of them took longest, the same in each run of the same build; how many of the kind came
 * before; and its scripts above 1 ms.
 */

/**
 * Computes the same everywhere, in tasks of its own.
 * @param {import('@playwright/test').Page} page
 */
export async function loop(page) {
  for (let i = 0; i < 5; i += 1) {
    await page.evaluate((mark) => {
      performance.mark(mark);
      let sum = 0;
      for (let n = 0; n < 5_000_000; n += 1) sum += n % 7;
      return sum;
    }, LOOP_MARK);
  }
}

/**
 * The tasks of the page's thread while `act` runs, as long as they would have been on the machine that the bound was set on, or on this if it is faster.
 * `act` calls `loop` twice or more, when it begins and when it ends.
 * @param {import('@playwright/test').Browser} browser
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} act
 * @returns {Promise<Task[]>} the longest first
 */
export async function tasksOf(browser, page, act) {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'] });
  await act();
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const marks = traceEvents.filter(({ name }) => name === LOOP_MARK);
  const all = traceEvents.filter(({ pid, tid, ph, tdur }) => ph === 'X' && tdur !== undefined && pid === marks[0]?.pid && tid === marks[0].tid);
  /** @type {(inner: TraceEvent, outer: TraceEvent) => boolean} */
  const within = (inner, outer) => inner.ts >= outer.ts && inner.ts + (inner.dur ?? 0) <= outer.ts + (outer.dur ?? 0);
  /** @type {(event: TraceEvent) => number} */
  const msOf = ({ tdur = 0 }) => tdur / 1000;
  const tasks = all.filter(({ name }) => name === 'RunTask');
  const loops = tasks.filter((task) => marks.some((mark) => within(mark, task)));
  if (loops.length < 10) throw new Error(`the trace holds ${loops.length} of the loops that it is measured by`);
  const loopMs = loops.map(msOf).sort((a, b) => a - b)[loops.length >> 1] ?? Number.NaN;
  const slowness = Math.max(1, loopMs / LOOP_MS);
  const scripts = all.filter(({ name }) => SCRIPT.test(name)).sort((a, b) => a.ts - b.ts);
  /** @type {Map<string, number>} */
  const counted = new Map();
  return tasks
    .filter((task) => !loops.includes(task))
    .sort((a, b) => a.ts - b.ts)
    .map((task) => {
      const inside = scripts.slice(placeOf(scripts, task.ts), placeOf(scripts, task.ts + (task.dur ?? 0))).filter((script) => within(script, task));
      inside.sort((a, b) => msOf(b) - msOf(a));
      const outermost = inside.filter((script) => !inside.some((other) => other !== script && within(script, other)));
      const [outer] = outermost;
      const called = inside.map(({ args }) => args?.data?.functionName).find((name) => name !== undefined);
      const what = [outer?.name, outer?.args?.data?.type ?? outer?.args?.fileName, called].filter(Boolean).join(' ');
      const nth = counted.get(what) ?? 0;
      counted.set(what, nth + 1);
      return {
        ms: outermost.reduce((sum, script) => sum + msOf(script), 0) / slowness,
        what,
        nth,
        parts: outermost
          .filter((script) => msOf(script) > 1)
          .map((script) => `${script.name} ${Math.round(msOf(script) / slowness)} ms ${script.args?.data?.url ?? ''}`.trim()),
      };
    })
    .sort((a, b) => b.ms - a.ms);
}

/**
 * How many of the events begin before `ts`.
 * @param {TraceEvent[]} events sorted by time
 * @param {number} ts
 */
function placeOf(events, ts) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.ts ?? Infinity) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
