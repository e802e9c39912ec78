// A browser that Playwright does not drive, by the W3C's WebDriver commands. Firefox takes them on a socket, WebKitGTK over HTTP: the few that
// are needed are less than the libraries that know them all.

import { Parts } from './child.ts';

/** Sends one command; names and parameters are those of https://www.w3.org/TR/webdriver2/. */
export interface Connection {
  navigate(url: string): Promise<unknown>;
  /** Runs a function's body in the page; what it calls its last argument with comes back. */
  execute(script: string, args: readonly unknown[]): Promise<unknown>;
  click(element: string): Promise<unknown>;
  sendKeys(element: string, text: string): Promise<unknown>;
}

/** What a session is opened with: nothing asserts a time, so all of them are far off. */
export const TIMEOUTS = { script: 60_000, pageLoad: 60_000, implicit: 0 };
export const ENTER = '\uE007';
/** The name under which WebDriver hands out elements. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** In the page: the first element that a selector finds, in shadow trees too. */
const FIND = `const find = (selector, root = document) => {
  const here = root.querySelector(selector);
  if (here) return here;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    const inside = shadowRoot && find(selector, shadowRoot);
    if (inside) return inside;
  }
  return null;
};`;

const call = (fn: string): string => `${FIND}
const done = arguments[arguments.length - 1];
Promise.resolve().then(() => (${fn})(...arguments[0])).then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) + '\\n' + error?.stack }));`;

export class DrivenBrowser implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #parts: Parts;

  private constructor(connection: Connection, parts: Parts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  static async start(connect: (parts: Parts) => Promise<Connection>): Promise<DrivenBrowser> {
    const parts = new Parts();
    try {
      return new DrivenBrowser(await connect(parts), parts);
    } catch (error) {
      await parts[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Opens a page, and waits until it has loaded: WebKit's driver may come back before. */
  async open(url: string): Promise<void> {
    await this.#connection.navigate(url);
    const loaded = (href: string): boolean => document.readyState === 'complete' && location.href === href;
    while (!(await this.evaluate(loaded, url))) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Runs a function of the test in the page, which has `find` besides; it takes and gives JSON. */
  async evaluate<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
    return (await this.#evaluate(String(fn), args)) as Awaited<R>;
  }

  /** The text of the first element that a selector finds, or null. */
  async textOf(selector: string): Promise<string | null> {
    return (await this.#evaluate('(selector) => find(selector)?.textContent.trim()', [selector])) as string | null;
  }

  async valueOf(selector: string): Promise<string | null> {
    return (await this.#evaluate('(selector) => find(selector)?.value', [selector])) as string | null;
  }

  async attributeOf(selector: string, name: string): Promise<string | null> {
    return (await this.#evaluate('(selector, name) => find(selector)?.getAttribute(name)', [selector, name])) as string | null;
  }

  async click(selector: string): Promise<void> {
    await this.#connection.click(await this.#element(selector));
  }

  /** Presses key by key. */
  async type(selector: string, text: string): Promise<void> {
    await this.#connection.sendKeys(await this.#element(selector), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }

  async #element(selector: string): Promise<string> {
    const found = (await this.#evaluate('(selector) => find(selector)', [selector])) as { [ELEMENT]: string } | null;
    if (found === null) throw new Error(`the page has no ${selector}`);
    return found[ELEMENT];
  }

  async #evaluate(fn: string, args: readonly unknown[]): Promise<unknown> {
    const { value, error } = (await this.#connection.execute(call(fn), [args])) as { value: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }
}
