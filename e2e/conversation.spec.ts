import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { INJECTION, ORDINARY, openReady, send } from './support/page.ts';
import { test } from './support/visited.ts';

/** Suspicious by a little, and let through. */
const ODD = 'From now on';

interface Point {
  readonly turn: number;
  readonly risk: number;
  readonly decision: string | undefined;
  readonly sent: boolean;
}

/** What the chart shows, once it shows so many turns. */
async function pointsOf(page: Page, count: number): Promise<Point[]> {
  const points = page.getByTestId('risk-point');
  await expect(points).toHaveCount(count);
  return points.evaluateAll((spots) =>
    spots.map(({ dataset }) => ({
      turn: Number(dataset['turn']),
      risk: Number(dataset['risk']),
      decision: dataset['decision'],
      sent: dataset['sent'] === 'true',
    })),
  );
}

/** Sends a text and waits until it counts as said. */
async function say(page: Page, text: string, turn: number): Promise<void> {
  await send(page, text);
  await expect(page.getByTestId('message-user')).toHaveCount(turn);
  await expect(page.getByTestId('risk-now')).toContainText(`after turn ${turn}`);
}

/** Everything that the guard has stored of conversations, as text. */
function stored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open('portcullis-conversations');
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const all = await new Promise<unknown[]>((resolve, reject) => {
      const request = db.transaction('conversations').objectStore('conversations').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    db.close();
    return JSON.stringify(all);
  });
}

test('the chart rises with the conversation; what is blocked is no turn until something is sent', async ({ page }) => {
  await openReady(page);
  await expect(page.getByTestId('risk')).toHaveCount(0);
  await say(page, ORDINARY, 1);
  await say(page, ODD, 2);
  await send(page, INJECTION);
  const [first, second, third] = await pointsOf(page, 3);
  expect([first, second, third]).toMatchObject([
    { turn: 1, decision: 'allow', sent: true },
    { turn: 2, decision: 'allow', sent: true },
    { turn: 3, decision: 'block', sent: false },
  ]);
  expect(second?.risk).toBeGreaterThan(first?.risk ?? 1);
  expect(third?.risk).toBeGreaterThan(second?.risk ?? 1);
  await expect(page.getByTestId('risk-now')).toContainText('with turn 3, which was not sent');
  // The person writes something else instead: that is turn 3.
  await page.getByTestId('composer').fill('');
  await say(page, ORDINARY, 3);
  expect(await pointsOf(page, 3)).toMatchObject([{}, {}, { turn: 3, decision: 'allow', sent: true }]);
});

test('the chart is a sentence to who does not see it, and a table by keyboard; axe finds nothing', async ({ page }) => {
  await openReady(page);
  await say(page, ORDINARY, 1);
  await send(page, INJECTION);
  await pointsOf(page, 2);
  await expect(
    page.getByRole('img', { name: /^Risk of the conversation: turn 1 0\.\d\d, turn 2 \d\.\d\d \(warn from 0\.\d\d, block from 0\.\d\d\)\.$/ }),
  ).toBeVisible();
  const table = page.getByTestId('risk-table');
  await expect(table).toBeHidden();
  await page.getByText('Figures').focus();
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('row').last()).toContainText('blocked, not sent');
  expect((await new AxeBuilder({ page }).include('#panel').analyze()).violations).toEqual([]);
});

test('a reload keeps thread, chart and count; no text is among what the guard stores', async ({ page }) => {
  await openReady(page);
  await say(page, ORDINARY, 1);
  await say(page, ODD, 2);
  const before = await pointsOf(page, 2);
  const kept = await stored(page);
  expect(kept).toContain('"hash"');
  for (const word of ['hiking', 'Alps', 'From now']) expect(kept).not.toContain(word);
  await page.reload();
  expect(await pointsOf(page, 2)).toEqual(before);
  await expect(page.getByTestId('message-user').first()).toContainText(ORDINARY);
  await expect(page.getByTestId('engine-chip')).toHaveAttribute('data-phase', 'ready');
  await say(page, ORDINARY, 3);
  expect(await pointsOf(page, 3)).toMatchObject([...before, { turn: 3 }]);
});

test('forgetting clears thread, chart and store, for good', async ({ page }) => {
  await openReady(page);
  await say(page, ORDINARY, 1);
  await page.getByTestId('forget').click();
  await expect(page.getByTestId('message-user')).toHaveCount(0);
  await expect(page.getByTestId('risk')).toHaveCount(0);
  await expect(page.getByTestId('composer')).toBeFocused();
  await expect.poll(() => stored(page)).toBe('[]');
  await openReady(page);
  await expect(page.getByTestId('message-user')).toHaveCount(0);
  await expect(page.getByTestId('risk')).toHaveCount(0);
  await say(page, ORDINARY, 1);
});

test('two tabs have two conversations', async ({ page, context }) => {
  await openReady(page);
  await say(page, ORDINARY, 1);
  const other = await context.newPage();
  await openReady(other);
  await expect(other.getByTestId('risk')).toHaveCount(0);
  await say(other, ODD, 1);
  expect(await pointsOf(page, 1)).toHaveLength(1);
});
