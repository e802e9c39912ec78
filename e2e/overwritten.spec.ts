import { expect, type Page, test } from '@playwright/test';
import { INJECTION, ORDINARY } from './support/page.ts';
import { servePlain, strayRequests } from './support/plain-page.ts';

// What SECURITY.md says of a script that overwrites what the guard calls, once the page has loaded: no text goes out unread or against its verdict.
interface Lies {
  readonly injection: string;
  /** A value as it is, but every verdict in it allows. */
  allowing(value: unknown): unknown;
  /** A value as it is, but every text in it is harmless. */
  harmless(value: unknown): unknown;
  /** A value as it is, but every policy in it leaves out what users write. */
  lax(value: unknown): unknown;
  /** Puts another getter in the place of one; it is given what the old one says. */
  getter(of: object, name: string, lie: (truth: unknown) => unknown): void;
  /** Puts another method in the place of one; it is given the old one. */
  method(of: object, name: string, lie: (truth: Method, self: object, given: readonly unknown[]) => unknown): void;
}
type Method = (self: object, given: readonly unknown[]) => unknown;

declare global {
  interface Window {
    lies: Lies;
  }
}

/** In the page, before anything is overwritten. */
function tellLies([injection, ordinary]: readonly [string, string]): void {
  const through = (value: unknown, change: (name: string, part: unknown) => unknown): unknown => {
    if (typeof value !== 'object' || value === null) return change('', value);
    if (Array.isArray(value)) return value.map((part) => through(part, change));
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, typeof part === 'object' ? through(change(name, part), change) : change(name, part)]),
    );
  };
  window.lies = {
    injection,
    allowing: (value) => through(value, (name, part) => (name === 'decision' ? 'allow' : part)),
    harmless: (value) => through(value, (_name, part) => (part === injection ? ordinary : part)),
    lax: (value) => through(value, (name, part) => (name === 'policy' ? { ...(part as object), roles: { user: { off: true } } } : part)),
    getter(of, name, lie) {
      const truth = Object.getOwnPropertyDescriptor(of, name)?.get;
      Object.defineProperty(of, name, {
        configurable: true,
        get() {
          return lie(truth?.call(this));
        },
      });
    },
    method(of, name, lie) {
      const { apply } = Reflect;
      const old = (of as Record<string, () => unknown>)[name];
      const truth: Method = (self, given) => apply(old as () => unknown, self, given);
      Object.defineProperty(of, name, {
        configurable: true,
        writable: true,
        value(this: object, ...given: unknown[]) {
          return lie(truth, this, given);
        },
      });
    },
  };
}

/** What a script of the page may do, each in the page. */
const ATTACKS: Readonly<Record<string, () => void>> = {
  'messages carry another verdict': () => window.lies.getter(MessageEvent.prototype, 'data', window.lies.allowing),
  'promises come to another verdict': () => {
    const { allowing, method } = window.lies;
    // Makes `await` call `then`, too.
    Object.defineProperty(Promise.prototype, 'constructor', { value: Object.create(null) });
    method(Promise.prototype, 'then', (truth, self, [onAnswer, onError]) =>
      truth(self, [typeof onAnswer === 'function' ? (value: unknown) => onAnswer(allowing(value)) : onAnswer, onError]),
    );
  },
  'who waits for a message gets another verdict': () => {
    const { allowing, method } = window.lies;
    method(Map.prototype, 'get', (truth, self, given) => {
      const found = truth(self, given);
      return typeof found === 'function' ? (value: unknown) => found(allowing(value)) : found;
    });
  },
  'another verdict counts as the engine’s': () => {
    const { allowing, getter, injection, method } = window.lies;
    method(WeakMap.prototype, 'get', () => injection);
    method(WeakMap.prototype, 'has', () => true);
    getter(MessageEvent.prototype, 'data', allowing);
  },
  'the worker gets another text': () => {
    const { harmless, method } = window.lies;
    method(Worker.prototype, 'postMessage', (truth, self, [message, transfer]) => truth(self, [harmless(message), transfer]));
  },
  'the worker gets another policy': () => {
    const { lax, method } = window.lies;
    method(Worker.prototype, 'postMessage', (truth, self, [message, transfer]) => truth(self, [lax(message), transfer]));
  },
  'what is sent to the worker is put together otherwise': () => {
    const { harmless, method } = window.lies;
    method(Array.prototype, 'map', (truth, self, given) => truth(harmless(self) as object, given));
    method(Object, 'assign', (truth, self, given) => truth(self, harmless(given) as unknown[]));
  },
  'messages are made up': () => {
    window.lies.method(Worker.prototype, 'postMessage', (truth, self, given) => {
      const [{ id, argumentList }] = given as [{ id?: string; argumentList?: { value: unknown }[] }];
      const verdict = {
        decision: 'allow',
        score: 0,
        confidence: 1,
        uncertainty: 0,
        signals: [],
        findings: [],
        reason: '',
        backend: 'wasm',
        latencyMs: 1,
        bundle: 'b',
      };
      const [, text, under] = argumentList?.map(({ value }) => value) ?? [];
      const value = { ok: true, value: verdict, judged: { text, under, verdict } };
      (self as Worker).dispatchEvent(new MessageEvent('message', { data: { id, type: 'RAW', value } }));
      return truth(self, given);
    });
  },
  'another worker takes the place of one that is lost': () => {
    const { allowing, getter, method } = window.lies;
    const { Worker: Real } = window;
    window.Worker = class extends Real {
      override addEventListener(type: string, listener: EventListenerOrEventListenerObject): void {
        super.addEventListener(type, (event) => {
          getter(event, 'data', allowing);
          if (typeof listener === 'function') listener(event);
        });
      }
    };
    let lost = false;
    method(Real.prototype, 'postMessage', (truth, self, given) => {
      if (!lost) (self as Worker).dispatchEvent(new ErrorEvent('error', { message: 'made up' }));
      lost = true;
      return truth(self, given);
    });
  },
  'a listener changes the verdict that it is shown': () => {
    window.lies.method(Object, 'freeze', (_truth, _self, [value]) => value);
    document.addEventListener(
      'portcullis-verdict',
      ({ detail }: CustomEventInit) => {
        Reflect.set(detail.verdict, 'decision', 'allow');
        Reflect.set(detail, 'verdict', { ...detail.verdict, decision: 'allow' });
      },
      { capture: true },
    );
  },
  'the policy is changed in place': () => {
    const policy = document.querySelector('portcullis-guard')?.activeGuard?.policy;
    if (policy === undefined) throw new Error('no policy to change');
    Reflect.set(policy, 'roles', { user: { off: true } });
  },
  'fields say that they hold another text': () => {
    const { getter, harmless } = window.lies;
    getter(HTMLTextAreaElement.prototype, 'value', harmless);
    const field = document.querySelector('textarea');
    if (field) Object.defineProperty(field, 'value', { configurable: true, get: () => harmless(window.lies.injection) });
  },
  'keys say that they are others': () => {
    const { getter } = window.lies;
    getter(KeyboardEvent.prototype, 'key', () => 'a');
    getter(KeyboardEvent.prototype, 'isComposing', () => true);
    getter(KeyboardEvent.prototype, 'keyCode', () => 229);
    getter(Event.prototype, 'type', () => 'keyup');
  },
  'events cannot be held': () => {
    const { method } = window.lies;
    method(Event.prototype, 'composedPath', () => []);
    for (const name of ['preventDefault', 'stopImmediatePropagation', 'stopPropagation']) method(Event.prototype, name, () => undefined);
  },
  'elements deny what they are': () => {
    const { getter, method } = window.lies;
    for (const [name, says] of Object.entries({ matches: false, closest: null, querySelector: null })) method(Element.prototype, name, () => says);
    method(Node.prototype, 'contains', () => false);
    method(Node.prototype, 'getRootNode', () => document);
    getter(Element.prototype, 'shadowRoot', () => document);
    getter(HTMLElement.prototype, 'isContentEditable', () => false);
    for (const type of [HTMLElement, HTMLTextAreaElement, HTMLButtonElement, Element, Node])
      Object.defineProperty(type, Symbol.hasInstance, { value: () => false });
  },
  'arrays, strings and sets find nothing': () => {
    const { method } = window.lies;
    for (const name of ['includes', 'some']) method(Array.prototype, name, () => false);
    method(Array.prototype, 'indexOf', () => -1);
    method(String.prototype, 'trim', () => '');
    method(Set.prototype, 'has', () => false);
  },
  'every object has what a verdict has': () => {
    const verdict = { decision: 'allow', findings: [], signals: [] };
    const all = { ...verdict, verdict, judged: { text: window.lies.injection, under: {}, verdict } };
    for (const [name, value] of Object.entries(all)) Object.defineProperty(Object.prototype, name, { configurable: true, writable: true, value });
  },
};

/** Waits for the gate to close, and for what would be sent all the same. */
const expectNothingSent = async (page: Page): Promise<void> => {
  // Where the page is broken, no verdict may come at all; where it is not, it has come by then.
  await expect(async () => expect(await page.locator('portcullis-guard').getAttribute('state')).toMatch(/^(?:blocked|error)$/))
    .toPass({ timeout: 3_000 })
    .catch(() => {});
  await page.waitForTimeout(200);
  expect(await page.locator('#sent li').count()).toBe(0);
};

test('what a script of the page overwrites does not open the gate', async ({ page }) => {
  // A reload an attack.
  test.setTimeout(1_200_000);
  await using site = await servePlain(true);
  // Asks the browser, not the page: what tests call in a page may be overwritten, too.
  const write = async (text: string): Promise<void> => {
    await page.getByLabel('Message').focus();
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
  };
  await page.goto(`${site.url}/plain/`);
  await expect(page.locator('portcullis-guard')).toHaveAttribute('state', 'ready');
  await write(ORDINARY);
  await expect(page.locator('#sent li')).toHaveText([ORDINARY]);

  for (const [name, attack] of Object.entries(ATTACKS)) {
    await test.step(name, async () => {
      await page.reload();
      await expect(page.locator('portcullis-guard')).toHaveAttribute('state', 'ready');
      await page.evaluate(tellLies, [INJECTION, ORDINARY] as const);
      await page.evaluate(attack);
      await write(INJECTION);
      await expectNothingSent(page);
      await page.getByRole('button', { name: 'Send' }).click();
      await expectNothingSent(page);
    });
  }
  // Nor has the browser submitted the form.
  expect(strayRequests(site)).toEqual([]);
});
