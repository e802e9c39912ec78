import { join } from 'node:path';
import { recordingProxy, STRIP } from '../extension.ts';
import { Parts } from './child.ts';
import { type Connection, DrivenBrowser } from './driven-browser.ts';
import { connectionOf, launchFirefox } from './firefox.ts';
import { endEventPage, eventPage, pressInPopup, setPreference } from './firefox-window.ts';
import type { Marionette } from './marionette.ts';

const ID = 'extension@portcullis.invalid';
/** Firefox draws one at each install; a profile can say which. */
const HOST = '6d1f2a52-3f0f-4c1e-9d52-0f6b7b1f3a11';
/** Where Firefox itself calls, whatever runs in it. */
const ITS_MAKER = /\b(?:mozilla|firefox)\.(?:com|net|org)\b/;

/** The built extension in a Firefox of its own. */
export interface FirefoxExtension extends AsyncDisposable {
  /** The tab of the chats. */
  readonly page: DrivenBrowser;
  /** Its popup, in a tab of its own. */
  readonly panel: DrivenBrowser;
  readonly panelUrl: string;
  /** Loads it as a person does from `about:debugging`. Once more, it takes the place of the one that runs. */
  load(): Promise<unknown>;
  /** Presses the extension's button over the chat and a control in the popup, and where the browser asks, Allow. Gives its question. */
  pressInPopup(control: string, asks: boolean): Promise<string>;
  /** What the strip says; '' where there is none, or none that is drawn. */
  stripText(): Promise<string>;
  /** Goes back in the tab of the chats. */
  back(): Promise<unknown>;
  /** Which event page runs; null where none does. */
  eventPage(): Promise<string | null>;
  /** Ends it, whatever it does. */
  endEventPage(): Promise<unknown>;
  /** How long Firefox leaves one alone that does nothing. */
  setIdle(ms: number): Promise<unknown>;
  /** What the whole browser asked of any host but this one and its maker's. */
  requests(): readonly string[];
}

/** A tab or a context of one browser: whatever is done in it, it is entered first. */
function within({ navigate, execute, click, sendKeys }: Connection, enter: () => Promise<unknown>): Promise<DrivenBrowser> {
  const entered =
    <A extends readonly unknown[]>(act: (...args: A) => Promise<unknown>) =>
    async (...args: A) => {
      await enter();
      return act(...args);
    };
  return DrivenBrowser.start(async () => ({ navigate: entered(navigate), execute: entered(execute), click: entered(click), sendKeys: entered(sendKeys) }));
}

/** With its own rights: the strip's tree is closed to the page's scripts and to a test's. */
const STRIP_WORDS = `const host = document.querySelector(arguments[0]);
if (!host?.matches(':popover-open')) return '';
return Array.from(host.openOrClosedShadowRoot.querySelectorAll('[data-words]'), (each) => each.getAttribute('data-words')).join(' ');`;

async function driven(parts: Parts, marionette: Marionette): Promise<Omit<FirefoxExtension, 'requests' | typeof Symbol.asyncDispose>> {
  const connection = connectionOf(marionette);
  const inContext = (value: 'content' | 'chrome') => marionette.send('Marionette:SetContext', { value });
  const intoTab = (handle: string) => async () => {
    await inContext('content');
    await marionette.send('WebDriver:SwitchToWindow', { handle });
  };
  const { value: chats } = (await marionette.send('WebDriver:GetWindowHandle')) as { value: string };
  const { handle } = (await marionette.send('WebDriver:NewWindow', { type: 'tab' })) as { handle: string };
  const intoChat = intoTab(chats);
  const [page, panel] = [parts.use(await within(connection, intoChat)), parts.use(await within(connection, intoTab(handle)))];
  const itsWindow = parts.use(await within(connection, () => inContext('chrome')));
  return {
    page,
    panel,
    panelUrl: `moz-extension://${HOST}/panel.html`,
    load: () => marionette.send('Addon:Install', { path: join(process.cwd(), 'dist/extension-firefox'), temporary: true }),
    async pressInPopup(control, asks) {
      await intoChat();
      return itsWindow.evaluate(pressInPopup, ID, control, asks);
    },
    async stripText() {
      await intoChat();
      const { value } = (await marionette.send('WebDriver:ExecuteScript', { script: STRIP_WORDS, args: [STRIP], sandbox: 'system' })) as { value: string };
      return value;
    },
    async back() {
      await intoChat();
      return marionette.send('WebDriver:Back');
    },
    eventPage: () => itsWindow.evaluate(eventPage, ID),
    endEventPage: () => itsWindow.evaluate(endEventPage, ID),
    setIdle: (ms) => itsWindow.evaluate(setPreference, 'extensions.background.idle.timeout', ms),
  };
}

/** Starts Firefox and loads `dist/extension-firefox`. No site is granted yet. */
export async function startFirefoxExtension(): Promise<FirefoxExtension> {
  const parts = new Parts();
  try {
    const proxy = await recordingProxy();
    parts.defer(() => proxy.close());
    const marionette = await launchFirefox(parts, ['--remote-allow-system-access'], {
      'extensions.webextensions.uuids': JSON.stringify({ [ID]: HOST }),
      // Else it asks others for what plays protected films.
      'media.gmp-manager.updateEnabled': false,
      'media.gmp-widevinecdm.enabled': false,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxy.port,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxy.port,
    });
    const extension = await driven(parts, marionette);
    await extension.load();
    return {
      ...extension,
      requests: () => proxy.requests.filter((request) => !ITS_MAKER.test(request)),
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    };
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}
