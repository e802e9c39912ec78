import { type Page, test } from '@playwright/test';
import { type Extension, type Pages, readByEngine, serveEditors, startExtension } from '../support/extension.ts';
import { ORDINARY } from '../support/page.ts';

// What the content script costs a page. Run by `npm run bench:extension`; prints, and asserts no time.
// The same page is opened at two names of this host, of which the extension guards one.

const COMPOSERS = 10;
const NODES = 5000;
const ROUNDS = 200;
/** Each figure is the least of so many: what the machine did meanwhile is nobody's cost. */
const TRIES = 3;

/** Texts of a length that are sent, each after a pause. */
const SENT = 20;
const PAUSE_MS = 200;

const quantile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
const ms = (value: number): string => value.toFixed(2).padStart(8);

/** Ten composers among five thousand nodes, ten levels deep, each with a text and a button that has a picture for a name. */
async function crowded(extension: Extension, url: string): Promise<Page> {
  const page = await extension.context.newPage();
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  await page.goto(url);
  await page.evaluate(
    ([composers, nodes]) => {
      document.querySelector('form')?.remove();
      for (let count = 0; count < composers; count += 1) {
        let place: HTMLElement = document.body;
        for (let level = 0; level < 10; level += 1) place = place.appendChild(document.createElement('div'));
        const [field, button] = [document.createElement(count % 2 === 0 ? 'textarea' : 'div'), document.createElement('button')];
        if (count % 2 === 1) field.contentEditable = 'true';
        button.append(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
        place.append(field, button);
        for (let each = document.querySelectorAll('*').length; each < (nodes * (count + 1)) / composers; each += 2)
          place.appendChild(document.createElement('p')).appendChild(document.createElement('span')).textContent = `Line ${each} of a long answer.`;
      }
    },
    [COMPOSERS, NODES] as const,
  );
  return page;
}

/** How long each event takes to be dispatched, the page's own listeners included, of which there are none. In milliseconds. */
function dispatches(page: Page): Promise<Record<string, number[]>> {
  return page.evaluate(
    ([rounds, tries]) => {
      const fields = [...document.querySelectorAll<HTMLElement>('textarea, [contenteditable]')];
      const buttons = [...document.querySelectorAll<HTMLElement>('button')];
      const plain = [...document.querySelectorAll<HTMLElement>('p span')];
      const write = (field: HTMLElement, words: string): void => {
        if (field instanceof HTMLTextAreaElement) field.value = words;
        else field.textContent = words;
      };
      const options = { bubbles: true, cancelable: true, composed: true };
      const kinds: Record<string, (round: number) => [EventTarget | undefined, Event]> = {
        'a letter': (round) => [fields[round % fields.length], new KeyboardEvent('keydown', { ...options, key: 'a' })],
        input: (round) => [fields[round % fields.length], new InputEvent('input', options)],
        'Enter, held': (round) => [fields[round % fields.length], new KeyboardEvent('keydown', { ...options, key: 'Enter' })],
        'a press on text': (round) => [plain[round % plain.length], new PointerEvent('pointerdown', options)],
        'a press on a nameless button, held': (round) => [buttons[round % buttons.length], new PointerEvent('click', options)],
        focus: (round) => [fields[round % fields.length], new FocusEvent('focusin', options)],
      };
      const times: Record<string, number[]> = {};
      for (const [kind, make] of Object.entries(kinds)) {
        times[kind] = [];
        for (let round = 0; round < rounds; round += 1) {
          let least = Number.POSITIVE_INFINITY;
          for (let attempt = 0; attempt < tries; attempt += 1) {
            // Each time a text that was not there before.
            for (const field of fields) write(field, kind.endsWith('held') || round % 2 === 0 ? `words of round ${round}, ${attempt}` : '');
            void document.body.offsetHeight;
            const [target, event] = make(round);
            const began = performance.now();
            target?.dispatchEvent(event);
            least = Math.min(least, performance.now() - began);
          }
          times[kind].push(least);
        }
      }
      return times;
    },
    [ROUNDS, TRIES] as const,
  );
}

/** Somebody types in every composer. Gives the long tasks, in milliseconds. */
async function typed(page: Page): Promise<number[]> {
  await page.waitForTimeout(1000);
  await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.splice(0));
  const fields = page.locator('textarea, [contenteditable]');
  for (let index = 0; index < COMPOSERS; index += 1) {
    await fields.nth(index).click();
    await page.keyboard.type(ORDINARY);
    await page.keyboard.press('Shift+Enter');
  }
  await page.waitForTimeout(500);
  return page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
}

/** Milliseconds from Enter to the page's own send, and whether that came in the very same event: nobody had to be asked. */
function enter(chat: Page): Promise<{ readonly took: number; readonly atOnce: boolean }> {
  return chat.locator('textarea').evaluate((field) => {
    const { sent } = window.chat;
    const began = performance.now();
    return new Promise((resolve) => {
      let dispatched = false;
      const { push } = sent;
      sent.push = (...given) => {
        sent.push = push;
        resolve({ took: performance.now() - began, atOnce: !dispatched });
        return push.apply(sent, given);
      };
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, composed: true }));
      dispatched = true;
    });
  });
}

test('the cost of the content script', async () => {
  test.setTimeout(600_000);
  const pages: Pages = await serveEditors();
  await using extension = await startExtension();
  const [guarded, bare] = [await crowded(extension, pages.url), await crowded(extension, pages.url.replace('127.0.0.1', 'localhost'))];
  await guarded.bringToFront();
  const [tasks, with_] = [await typed(guarded), await dispatches(guarded)];
  await bare.bringToFront();
  const [bareTasks, without] = [await typed(bare), await dispatches(bare)];
  console.log(`${COMPOSERS} composers, ${NODES} nodes, ${ROUNDS} events of each kind, each the least of ${TRIES}; milliseconds`);
  console.log(`${'event'.padEnd(36)} p50 with  without  p95 with  without  p95 added`);
  for (const [kind, times] of Object.entries(with_)) {
    const others = without[kind] ?? [];
    const [p95, p95Without] = [quantile(times, 0.95), quantile(others, 0.95)];
    console.log(`${kind.padEnd(36)} ${ms(quantile(times, 0.5))} ${ms(quantile(others, 0.5))}  ${ms(p95)} ${ms(p95Without)}   ${ms(p95 - p95Without)}`);
  }
  const longest = (all: readonly number[]): string => (all.length === 0 ? 'none' : `${all.length}, the longest ${Math.max(...all)} ms`);
  console.log(`tasks over 50 ms while ${COMPOSERS} messages are typed: ${longest(tasks)}; without the extension: ${longest(bareTasks)}`);

  console.log(`from Enter to the page’s own send, beside the guard’s own time for the same text (medians of ${SENT})`);
  await guarded.close();
  const chat = await extension.context.newPage();
  await chat.goto(`${pages.url}?editor=textarea`);
  for (const [name, words] of [['short', ORDINARY] as const, ['long', Array.from({ length: 12 }, () => ORDINARY).join(' ')] as const]) {
    const [sends, scans]: [number[], number[]] = [[], []];
    const sent = async (text: string): Promise<void> => {
      // A script writes it: nothing of it is read before Enter.
      await chat.locator('textarea').evaluate((field, value) => {
        Object.assign(field, { value });
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.focus();
      }, text);
      sends.push((await enter(chat)).took);
    };
    const scanned = async (text: string): Promise<void> => {
      scans.push((await readByEngine(extension.panel, text)).latencyMs);
    };
    for (let round = 0; round <= SENT; round += 1) {
      const text = `${words} ${round}`;
      await chat.bringToFront();
      // The machine is quicker at what it has just done: each comes first in half of the rounds.
      const ways = round % 2 === 0 ? [sent, scanned] : [scanned, sent];
      for (const way of ways) {
        await chat.waitForTimeout(PAUSE_MS);
        await way(text);
      }
      // The first one waits for the models.
      if (round === 0) for (const times of [sends, scans]) times.length = 0;
    }
    const [send, scan] = [quantile(sends, 0.5), quantile(scans, 0.5)];
    console.log(
      `${name.padEnd(8)} ${words.length} characters: ${ms(send)} ms beside ${ms(scan)} ms, ${(send / scan).toFixed(2)} ×, ${(send - scan).toFixed(1)} ms added`,
    );
  }

  console.log('the short one, written by a person, then Enter after a pause (medians of 9)');
  for (const pause of [50, 100, 200, 400, 1000]) {
    const sends: number[] = [];
    let there = 0;
    for (let round = 0; round < 9; round += 1) {
      await chat.bringToFront();
      await chat.locator('textarea').fill('');
      await chat.keyboard.insertText(ORDINARY);
      await chat.keyboard.type(` ${pause} ${round}`, { delay: 50 });
      await chat.waitForTimeout(pause);
      const { took, atOnce } = await enter(chat);
      sends.push(took);
      there += Number(atOnce);
    }
    console.log(`${String(pause).padStart(5)} ms: ${ms(quantile(sends, 0.5))} ms; the verdict was there in ${there} of 9`);
  }
  await pages.close();
});
