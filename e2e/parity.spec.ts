import { scanInNode } from './support/node-scan.ts';
import { openReady, scanAll } from './support/page.ts';
import { expectSame, TEXTS } from './support/parity.ts';
import { test } from './support/visited.ts';

test('the CLI gives the verdicts of the browser', async ({ page }) => {
  const inNode = await scanInNode(TEXTS);
  await openReady(page);
  expectSame(await scanAll(page, TEXTS), inNode, TEXTS);
});
