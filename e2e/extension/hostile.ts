import { expect } from '@playwright/test';
import { pressInStrip, STRIP, stripText } from '../support/extension.ts';
import { INJECTION, ORDINARY } from '../support/page.ts';
import { clear, expectBlocked, FIELD, openChat, SOON, saw, sent, test, text } from './chat.ts';

/** What a page's scripts do here, they do in the page's own world, after it has loaded. */
export function hostilePages(): void {
  test('hostile: overridden prototypes neither open the gate nor hear what is said', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const spied = (target: object, name: string, answer?: (...given: unknown[]) => unknown): void => {
        const own = Object.getOwnPropertyDescriptor(target, name);
        const value = own?.value as ((...given: unknown[]) => unknown) | undefined;
        Object.defineProperty(target, name, {
          configurable: true,
          writable: true,
          value(this: unknown, ...given: unknown[]) {
            heard.push(...given.filter((each) => typeof each === 'string'));
            return answer === undefined ? value?.apply(this, given) : answer(...given);
          },
        });
      };
      const got = (target: object, name: string, get: () => unknown): void => void Object.defineProperty(target, name, { configurable: true, get });
      spied(EventTarget.prototype, 'addEventListener', () => undefined);
      spied(EventTarget.prototype, 'dispatchEvent', () => true);
      spied(Event.prototype, 'composedPath', () => []);
      spied(Event.prototype, 'stopImmediatePropagation', () => undefined);
      spied(Event.prototype, 'preventDefault', () => undefined);
      spied(Element.prototype, 'matches', () => false);
      spied(Element.prototype, 'querySelectorAll', () => []);
      spied(Element.prototype, 'checkVisibility', () => false);
      spied(Element.prototype, 'setAttribute');
      spied(Element.prototype, 'append');
      spied(Node.prototype, 'appendChild');
      spied(Document.prototype, 'createElement');
      spied(Element.prototype, 'attachShadow', () => document.createDocumentFragment());
      spied(JSON, 'stringify');
      spied(JSON, 'parse');
      spied(window, 'fetch', () => Promise.reject(new Error('no')));
      got(HTMLElement.prototype, 'isContentEditable', () => false);
      got(Node.prototype, 'parentNode', () => null);
      got(HTMLTextAreaElement.prototype, 'value', () => 'a harmless text');
      spied(Promise.prototype, 'then');
      Object.defineProperty(window, 'MutationObserver', {
        value: class {
          observe() {}
          disconnect() {}
        },
      });
    });
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    await page.locator('#send').click();
    await expectBlocked(page);
    expect([await sent(page), await saw(page)]).toEqual([[], []]);
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('\n'));
    expect(heard).not.toMatch(/Blocked|Ignore all previous/);
    await page.close();
  });

  test('hostile: no script of the page reads the strip', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.evaluate(() => {
      const roots: unknown[] = [];
      Object.assign(window, { roots });
      // An element's own class gets at its closed tree.
      for (const name of ['portcullis-strip', 'portcullis-guard'])
        customElements.define(
          name,
          class extends HTMLElement {
            constructor() {
              super();
              const internals = this.attachInternals();
              setInterval(() => roots.push(internals.shadowRoot), 20);
            }
          },
        );
    });
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    const read = await page.evaluate((selector) => {
      const strip = document.querySelector<HTMLElement>(selector);
      if (strip === null) throw new Error('no strip');
      let internals = '';
      try {
        internals = String(strip.attachInternals().shadowRoot);
      } catch {}
      let again = '';
      try {
        again = String(strip.attachShadow({ mode: 'open' }));
      } catch {}
      const { left, top, width, height } = strip.getBoundingClientRect();
      const found = (window as unknown as { find(text: string): boolean }).find('Nothing was sent');
      return {
        internals,
        again,
        roots: (window as unknown as { roots: unknown[] }).roots,
        shadow: strip.shadowRoot,
        texts: [strip.textContent, strip.innerText, strip.innerHTML, strip.getHTML({ serializableShadowRoots: true }), String(getSelection())].join(''),
        at: document.elementFromPoint(left + width / 2, top + height / 2) === strip,
        body: document.documentElement.innerText.includes('Nothing was sent'),
        found,
      };
    }, STRIP);
    expect(read).toEqual({ internals: '', again: '', roots: [], shadow: null, texts: '', at: true, body: false, found: false });
    await page.close();
  });

  test('hostile: a strip that is hidden or removed comes back, and nothing is sent meanwhile', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    for (const act of ['remove', 'hidePopover'] as const) {
      await page.evaluate(([selector, does]) => document.querySelector<HTMLElement>(selector)?.[does](), [STRIP, act] as const);
      await expectBlocked(page);
    }
    await page.evaluate((selector) => {
      const sheet = document.createElement('style');
      sheet.textContent = `${selector}, :root { --portcullis-text: transparent; --portcullis-surface: transparent; --portcullis-block: transparent }
        ${selector} { display: none !important; opacity: 0 !important; translate: -9999px !important; inset: 9999px !important }`;
      document.head.append(sheet);
      document.querySelector<HTMLElement>(selector)?.style.setProperty('visibility', 'hidden', 'important');
    }, STRIP);
    const look = await page.locator(STRIP).evaluate((strip) => {
      const { display, opacity, visibility, translate } = getComputedStyle(strip);
      const { left, top } = strip.getBoundingClientRect();
      return {
        display,
        opacity,
        visibility,
        translate,
        inView: left >= 0 && top >= 0 && left < innerWidth && top < innerHeight,
        custom: getComputedStyle(strip).getPropertyValue('--portcullis-text'),
      };
    });
    expect(look).toEqual({ display: 'block', opacity: '1', visibility: 'visible', translate: 'none', inView: true, custom: '' });

    // A page that never stops: the extension does, and stays closed.
    await page.evaluate((selector) => {
      new MutationObserver(() => document.querySelector(selector)?.remove()).observe(document, { subtree: true, childList: true });
      document.querySelector(selector)?.remove();
    }, STRIP);
    await page.locator(FIELD).focus();
    await page.keyboard.press('Enter');
    await page.locator('#send').click();
    expect([await sent(page), await saw(page), await text(page)]).toEqual([[], [], INJECTION]);
    await page.close();
  });

  test('hostile: events that scripts make are held like a person’s', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.locator(FIELD).fill(INJECTION);
    await page.locator(FIELD).evaluate((field) => {
      for (const type of ['keydown', 'keypress', 'keyup']) field.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', bubbles: true, cancelable: true }));
      const button = document.querySelector<HTMLButtonElement>('#send');
      for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click']) button?.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
      button?.click();
      document.querySelector('form')?.requestSubmit();
    });
    await expectBlocked(page);
    expect([await sent(page), await saw(page)]).toEqual([[], []]);
    await page.close();
  });

  test('hostile: elements that bear the names of the document’s own methods are in nobody’s way', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=contenteditable');
    const place = await page.locator('#composer').boundingBox();
    await page.evaluate(() => {
      const shadowing = (tag: string, name: string): HTMLElement => Object.assign(Document.prototype.createElement.call(document, tag), { name });
      const form = document.querySelector('form');
      const members = ['querySelectorAll', 'matches', 'parentNode', 'parentElement', 'checkVisibility', 'textContent', 'innerText', 'getAttribute'];
      form?.append(...[...members, 'isContentEditable', 'isConnected', 'getBoundingClientRect'].map((name) => shadowing('input', name)));
      const methods = ['createElement', 'createElementNS', 'documentElement', 'querySelectorAll', 'execCommand', 'addEventListener', 'body'];
      document.querySelector('form')?.before(...methods.map((name) => shadowing('img', name)));
      // The composer itself, too: a form can be edited like anything else.
      Element.prototype.setAttribute.call(form, 'contenteditable', 'true');
    });
    // The page is no place for Playwright's own scripts now.
    await page.mouse.click((place?.x ?? 0) + 8, (place?.y ?? 0) + 8);
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    expect([await sent(page), await saw(page)]).toEqual([[], []]);
    await page.close();
  });

  test('hostile: a page that writes itself anew is guarded again', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.evaluate(() => {
      document.open();
      document.write('<form><textarea></textarea><button>Send</button></form>');
      document.close();
    });
    await page.evaluate(() => {
      const sent: string[] = [];
      window.chat = { sent, saw: [], text: () => document.querySelector('textarea')?.value ?? '' };
      document.querySelector('form')?.addEventListener('submit', (event) => {
        event.preventDefault();
        sent.push(window.chat.text());
      });
    });
    await page.locator('textarea').click();
    await page.keyboard.type(INJECTION);
    await page.getByRole('button').click();
    await expectBlocked(page);
    expect(await sent(page)).toEqual([]);
    await page.close();
  });

  for (const where of ['a closed shadow tree', 'a frame of the page’s own making'] as const) {
    test(`hostile: a composer in ${where} is guarded`, async ({ extension, pages }) => {
      const page = await openChat(extension, pages, 'editor=textarea');
      await page.evaluate((place) => {
        const sent: string[] = [];
        window.chat = { sent, saw: [], text: () => '' };
        const fill = (parent: ParentNode & Node, made: Document): void => {
          const [form, field, button] = [made.createElement('form'), made.createElement('textarea'), made.createElement('button')];
          button.textContent = 'Send';
          form.append(field, button);
          parent.append(form);
          const onSend = (event: Event): void => {
            event.preventDefault();
            sent.push(field.value);
          };
          form.addEventListener('submit', onSend);
          field.addEventListener('keydown', (event) => event.key === 'Enter' && onSend(event));
          Object.assign(window, { places: { field: () => field.focus(), box: () => button.getBoundingClientRect() } });
        };
        document.body.replaceChildren();
        if (place === 'a closed shadow tree') {
          const host = document.body.appendChild(document.createElement('div'));
          fill(host.attachShadow({ mode: 'closed' }), document);
        } else {
          const frame = document.body.appendChild(document.createElement('iframe'));
          if (frame.contentDocument !== null) fill(frame.contentDocument.body, frame.contentDocument);
        }
      }, where);
      await page.waitForTimeout(200);
      await page.evaluate(() => (window as unknown as { places: { field(): void } }).places.field());
      await page.keyboard.type(INJECTION);
      await page.keyboard.press('Enter');
      const inFrame = where !== 'a closed shadow tree';
      const frame = inFrame ? page.frames()[1] : undefined;
      if (inFrame) await expect(page.frameLocator('iframe').locator(STRIP)).toBeVisible({ timeout: 60_000 });
      else await expectBlocked(page);
      const box = await page.evaluate(() => (window as unknown as { places: { box(): DOMRect } }).places.box().toJSON());
      const offset = frame === undefined ? { x: 0, y: 0 } : await page.locator('iframe').boundingBox();
      await page.mouse.click(box.x + box.width / 2 + (offset?.x ?? 0) + (inFrame ? 2 : 0), box.y + box.height / 2 + (offset?.y ?? 0) + (inFrame ? 2 : 0));
      await page.waitForTimeout(300);
      expect(await sent(page)).toEqual([]);
      await page.close();
    });
  }

  test('hostile: what a page slips in while an allowed text goes out is held', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.locator(FIELD).evaluate((field, injection) => {
      const form = document.querySelector('form');
      form?.addEventListener('submit', (event) => {
        event.preventDefault();
        window.chat.sent.push(`submitted ${(field as HTMLTextAreaElement).value}`);
      });
      field.addEventListener('keydown', (event) => {
        if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return;
        (field as HTMLTextAreaElement).value = injection;
        form?.requestSubmit();
        document.querySelector<HTMLButtonElement>('#send')?.click();
      });
    }, INJECTION);
    await page.keyboard.type(ORDINARY);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    // The page's own handler ran, with the text that was read.
    expect(await sent(page)).toEqual([ORDINARY]);
    await page.close();
  });

  test('hostile: a flood of texts neither lets one pass nor keeps the person out', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.locator(FIELD).evaluate(async (field, injection) => {
      const area = field as HTMLTextAreaElement;
      const press = (): boolean => area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      for (let count = 0; count < 500; count += 1) {
        area.value = `${injection} ${count}`;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        press();
        if (count % 25 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
      area.value = '';
      area.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }, INJECTION);
    expect([await sent(page), await saw(page)]).toEqual([[], []]);
    await page.locator(FIELD).focus();
    await page.keyboard.type(INJECTION);
    await page.keyboard.press('Enter');
    await expectBlocked(page);
    await clear(page);
    await page.keyboard.type(ORDINARY);
    await page.keyboard.press('Enter');
    await expect.poll(() => sent(page), SOON).toEqual([ORDINARY]);
    await page.close();
  });

  test('hostile: a covered button of the strip does nothing', async ({ extension, pages }) => {
    const { panel } = extension;
    await panel.getByRole('radio', { name: /Strict/ }).check();
    const page = await openChat(extension, pages, 'editor=textarea');
    const hidden = [...'bring a warm hat and good shoes'].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join('');
    await page.locator(FIELD).fill(ORDINARY + hidden);
    await page.keyboard.press('Enter');
    await expect.poll(() => stripText(page), SOON).toContain('Held for you to decide');
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.popover = 'manual';
      cover.textContent = 'You have won! Click here.';
      cover.setAttribute('style', 'position: fixed; inset: 0; width: 100vw; height: 100vh; background: white; pointer-events: none');
      document.body.append(cover);
      cover.showPopover();
    });
    await pressInStrip(page);
    expect(await sent(page)).toEqual([]);
    await page.evaluate(() => document.querySelector<HTMLElement>('body > [popover]')?.remove());
    await pressInStrip(page);
    await expect.poll(() => sent(page)).toEqual([ORDINARY + hidden]);
    await panel.getByRole('radio', { name: /Balanced/ }).check();
    await page.close();
  });

  test('hostile, a limit: a page reads what is written in it, and sends by itself what it likes', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.locator(FIELD).fill(INJECTION);
    await page.locator(FIELD).evaluate((field) => window.chat.sent.push((field as HTMLTextAreaElement).value));
    expect([await sent(page), await stripText(page)]).toEqual([[INJECTION], '']);
    await page.close();
  });

  test('hostile, a limit: a listener that is added while a page writes itself anew comes first', async ({ extension, pages }) => {
    const page = await openChat(extension, pages, 'editor=textarea');
    await page.evaluate(() => {
      document.open();
      window.addEventListener('keydown', ({ key }) => window.chat.saw.push(key), { capture: true });
      document.write('<textarea></textarea>');
      document.close();
    });
    await page.locator('textarea').fill(INJECTION);
    await page.locator('textarea').press('Enter');
    await expectBlocked(page);
    expect(await saw(page)).toEqual(['Enter']);
    await page.close();
  });
}
