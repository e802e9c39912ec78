import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Parts, startChild, untilUp } from './child.ts';
import { type Connection, TIMEOUTS } from './driven-browser.ts';
import { Marionette } from './marionette.ts';

export const FIREFOX = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr';

/** No first-run pages, and no calls to its maker. */
const PREFS = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/** Starts Firefox without a window, on a profile that is gone afterwards. */
export async function launchFirefox(
  parts: Parts,
  args: readonly string[] = [],
  prefs: Readonly<Record<string, string | number | boolean>> = {},
): Promise<Marionette> {
  const profile = await mkdtemp(join(tmpdir(), 'portcullis-firefox-'));
  parts.defer(() => rm(profile, { recursive: true, maxRetries: 5 }));
  const port = await freePort();
  const all = Object.entries({ ...PREFS, ...prefs, 'marionette.port': port });
  await writeFile(join(profile, 'user.js'), all.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const browser = parts.use(startChild(FIREFOX, ['--headless', '--marionette', '--no-remote', '--profile', profile, ...args], { HOME: profile }));
  const socket = await untilUp(browser, async () => {
    const attempt = createConnection(port, '127.0.0.1');
    await once(attempt, 'connect');
    return attempt;
  });
  parts.defer(() => socket.destroy());
  const marionette = new Marionette(socket);
  await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: { timeouts: TIMEOUTS } } });
  return marionette;
}

/** What a test of any browser needs of this one. */
export const connectionOf = (marionette: Marionette): Connection => ({
  navigate: (url) => marionette.send('WebDriver:Navigate', { url }),
  execute: async (script, args) => ((await marionette.send('WebDriver:ExecuteAsyncScript', { script, args })) as { value: unknown }).value,
  click: (id) => marionette.send('WebDriver:ElementClick', { id }),
  sendKeys: (id, text) => marionette.send('WebDriver:ElementSendKeys', { id, text }),
});

export const startFirefox = async (parts: Parts): Promise<Connection> => connectionOf(await launchFirefox(parts));
