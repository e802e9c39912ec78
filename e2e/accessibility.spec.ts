import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { INJECTION, ORDINARY, openReady, send } from './support/page.ts';

test.use({ serviceWorkers: 'block' });

/** Brings the page into a state; each is checked in every look. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  async loading(page) {
    await page.route('**/encoder.weights.bin', () => new Promise(() => {}));
    await page.goto('./');
    await expect(page.getByTestId('guard').getByRole('status')).toContainText('Getting the guard ready');
  },
  async ready(page) {
    await openReady(page);
  },
  async answered(page) {
    await openReady(page);
    await send(page, ORDINARY);
    await expect(page.getByTestId('message-assistant')).toBeVisible();
  },
  async blocked(page) {
    await openReady(page);
    await send(page, INJECTION);
    await expect(page.getByTestId('guard').getByRole('alert')).toContainText('Blocked');
  },
  async failed(page) {
    await page.goto('./?bundle=/nowhere/');
    await expect(page.getByTestId('guard').getByRole('alert')).toContainText('not running');
  },
  async settings(page) {
    await openReady(page);
    await page.getByTestId('settings-open').click();
    await page.getByTestId('assistant-endpoint').check();
  },
  async inspector(page) {
    await openReady(page);
    await send(page, INJECTION);
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

for (const { colorScheme, width } of LOOKS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    for (const [name, reach] of Object.entries(STATES)) {
      test(`axe finds nothing: ${name}`, async ({ page }) => {
        await reach(page);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      });
    }
  });
}

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
