import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Parts, startChild, untilUp } from './child.ts';
import { type Connection, TIMEOUTS } from './driven-browser.ts';

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

type Answer = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown];

/** Marionette, what geckodriver talks to: each message is its length in bytes, a colon, and JSON. */
class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #received = Buffer.alloc(0);
  #commands = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => this.#read(piece));
    const lost = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has closed the connection'));
    };
    socket.on('close', lost).on('error', lost);
  }

  send(name: string, parameters: object = {}): Promise<unknown> {
    this.#commands += 1;
    const message = JSON.stringify([0, this.#commands, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((resolve, reject) => this.#waiting.set(this.#commands, { resolve, reject }));
  }

  #read(piece: Buffer): void {
    this.#received = Buffer.concat([this.#received, piece]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, Math.max(colon, 0)));
      if (colon < 0 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      // The first is a greeting.
      if (Array.isArray(message)) this.#settle(message as Answer);
    }
  }

  #settle([, id, error, result]: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }
}

/** Starts Firefox without a window, on a profile that is gone afterwards. */
export async function startFirefox(parts: Parts): Promise<Connection> {
  const profile = await mkdtemp(join(tmpdir(), 'portcullis-firefox-'));
  parts.defer(() => rm(profile, { recursive: true, maxRetries: 5 }));
  const port = await freePort();
  const prefs = Object.entries({ ...PREFS, 'marionette.port': port });
  await writeFile(join(profile, 'user.js'), prefs.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const browser = parts.use(startChild(FIREFOX, ['--headless', '--marionette', '--no-remote', '--profile', profile], { HOME: profile }));
  const socket = await untilUp(browser, async () => {
    const attempt = createConnection(port, '127.0.0.1');
    await once(attempt, 'connect');
    return attempt;
  });
  parts.defer(() => socket.destroy());
  const marionette = new Marionette(socket);
  await marionette.send('WebDriver:NewSession', { capabilities: { alwaysMatch: { timeouts: TIMEOUTS } } });
  return {
    navigate: (url) => marionette.send('WebDriver:Navigate', { url }),
    execute: async (script, args) => ((await marionette.send('WebDriver:ExecuteAsyncScript', { script, args })) as { value: unknown }).value,
    click: (id) => marionette.send('WebDriver:ElementClick', { id }),
    sendKeys: (id, text) => marionette.send('WebDriver:ElementSendKeys', { id, text }),
  };
}
