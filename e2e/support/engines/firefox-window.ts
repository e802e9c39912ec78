// What runs in Firefox's own window, with all its rights: what a person does outside of any page, and what only the browser knows. Each
// function goes there as its source: it may use nothing but what is in it.

interface Actor {
  findElement(strategy: string, selector: string, options: object): Promise<object>;
  clickElement(element: object, capabilities: object): Promise<void>;
}
interface InnerBrowser extends Element {
  readonly browsingContext: { readonly currentWindowGlobal: { getActor(name: string): Actor } };
}
interface Question extends Element {
  readonly button: HTMLElement;
}
interface RunningExtension {
  readonly backgroundContext: { readonly childId: string } | null;
  terminateBackground(options: object): Promise<void>;
}
interface ExtensionParent {
  readonly apiManager: { readonly global: { browserActionFor(extension: RunningExtension): { triggerAction(view: Window): Promise<void> } } };
}
declare const ChromeUtils: { importESModule(url: string): { readonly ExtensionParent: ExtensionParent } };
declare const Services: { readonly wm: { getMostRecentBrowserWindow(): Window }; readonly prefs: { setIntPref(name: string, value: number): void } };
declare const WebExtensionPolicy: { getByID(id: string): { readonly extension: RunningExtension } };

/**
 * Presses an extension's button, then a control in its popup, and where the browser asks, Allow.
 * @returns the browser's question; '' where there is to be none.
 */
export async function pressInPopup(id: string, control: string, asks: boolean): Promise<string> {
  const view = Services.wm.getMostRecentBrowserWindow();
  const until = async <T>(find: () => T | null | Promise<T | null>): Promise<T> => {
    for (let tries = 0; tries < 60; tries += 1) {
      const found = await find();
      if (found !== null) return found;
      await new Promise((resolve) => view.setTimeout(resolve, 100));
    }
    throw new Error(`never there: ${find}`);
  };
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  await ExtensionParent.apiManager.global.browserActionFor(WebExtensionPolicy.getByID(id).extension).triggerAction(view);
  // Firefox loads it in one place and shows it in another; and what is not drawn yet cannot be clicked.
  const shown = () => view.document.querySelector<InnerBrowser>('panel browser[webextension-view-type="popup"]');
  await until(async () => {
    try {
      const popup = shown();
      if (popup === null) return null;
      const actor = popup.browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
      const element = await actor.findElement('css selector', control, { timeout: 1000 });
      await actor.clickElement(element, { toJSON: () => ({ 'moz:webdriverClick': true, 'moz:accessibilityChecks': false }) });
      return true;
    } catch {
      return null;
    }
  });
  let said = '';
  if (asks) {
    const question = await until(() => view.document.querySelector<Question>('#notification-popup popupnotification'));
    said = question.textContent ?? '';
    // The browser takes no answer in the first moment.
    await until(() => {
      question.button.click();
      return view.document.querySelector('#notification-popup[panelopen]') === null ? true : null;
    });
  }
  shown()?.closest<HTMLElement & { hidePopup(): void }>('panel')?.hidePopup();
  await until(() => (shown() === null ? true : null));
  return said;
}

/** Which event page of an extension runs; null where none does. */
export const eventPage = (id: string): string | null => WebExtensionPolicy.getByID(id).extension.backgroundContext?.childId ?? null;

/** Ends an extension's event page, whatever it does. */
export const endEventPage = (id: string): Promise<void> => WebExtensionPolicy.getByID(id).extension.terminateBackground({ disableResetIdleForTest: true });

/** Sets a preference of the browser. */
export const setPreference = (name: string, value: number): void => Services.prefs.setIntPref(name, value);
