import AxeBuilder from '@axe-core/playwright';
import { test as anew, expect, type Page } from '@playwright/test';
import { INJECTION, ORDINARY, openAgreed, openReady, send } from './support/page.ts';
import { test } from './support/visited.ts';

// What is held back here, a service worker would let through.
anew.use({ serviceWorkers: 'block' });

async function load(page: Page): Promise<void> {
  await page.route('**/encoder.weights.bin', () => new Promise(() => {}));
  await openAgreed(page);
  await expect(page.getByTestId('guard').getByRole('status')).toContainText('Getting the guard ready');
}

async function fail(page: Page): Promise<void> {
  await openAgreed(page, './?bundle=/nowhere/');
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('not running');
}

/** Each brings the page from the state before it into its own, which is looked at in every look. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  async ready(page) {
    await openReady(page);
  },
  async settings(page) {
    await page.getByTestId('settings-open').click();
    await page.getByTestId('assistant-endpoint').check();
  },
  async answered(page) {
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('settings')).toBeHidden();
    await send(page, ORDINARY);
    await expect(page.getByTestId('message-assistant')).toBeVisible();
  },
  async blocked(page) {
    await send(page, INJECTION);
    await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  },
  async inspector(page) {
    await page.getByTestId('panel-toggle').dispatchEvent('click');
    await expect(page.getByTestId('decision')).toHaveText(/block/i);
  },
};

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
  { colorScheme: 'dark', width: 390 },
] as const;

async function expectNothingFound(page: Page): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    expect((await new AxeBuilder({ page }).analyze()).violations, `${colorScheme}, ${width} px`).toEqual([]);
  }
}

anew('axe finds nothing, light or dark, wide or narrow: loading, failed', async ({ page }) => {
  for (const reach of [load, fail]) {
    await reach(page);
    await expectNothingFound(page);
  }
});

test(`axe finds nothing, light or dark, wide or narrow: ${Object.keys(STATES).join(', ')}`, async ({ page }) => {
  test.setTimeout(600_000);
  for (const [name, reach] of Object.entries(STATES)) {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await reach(page);
      await expectNothingFound(page);
    });
  }
});

test('a screen reader hears each verdict: a status when allowed, an alert when blocked', async ({ page }) => {
  await openReady(page);
  const gate = page.getByTestId('guard');
  await send(page, ORDINARY);
  await expect(gate.getByRole('status')).toContainText('Allowed');
  await expect(gate.getByRole('alert')).toBeEmpty();
  await send(page, INJECTION);
  await expect(gate.getByRole('alert')).toContainText('Blocked');
  await expect(gate.getByRole('status')).toBeEmpty();
});

test('the keyboard alone suffices: write, be blocked, correct, send, set the backend', async ({ page }) => {
  await openReady(page);
  await page.getByTestId('composer').focus();
  await page.keyboard.type(INJECTION);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  await expect(page.getByTestId('composer')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(ORDINARY);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('message-user')).toContainText(ORDINARY);
  await page.getByTestId('settings-open').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('settings')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('settings')).toBeHidden();
  await expect(page.getByTestId('settings-open')).toBeFocused();
});
