import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Locale } from './locales/locale.ts';
import { EN, type GateWords } from './words.ts';

/** The languages that the elements speak. */
export const LANGUAGES = ['en', 'de', 'es', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of the nearest `lang`, English where that is none of ours. */
export function languageOf(element: Element): Language {
  const tag = element.closest('[lang]')?.getAttribute('lang')?.toLowerCase().split('-')[0];
  return LANGUAGES.find((language) => language === tag) ?? 'en';
}

const LOCALES: Readonly<Record<Language, () => Promise<Locale>>> = {
  en: async () => (await import('./locales/en.ts')).en,
  de: async () => (await import('./locales/de.ts')).de,
  es: async () => (await import('./locales/es.ts')).es,
  zh: async () => (await import('./locales/zh.ts')).zh,
};

/** Keeps an element's words in the language of its `lang`, or of the page's. English until the others have come. */
export class Speech implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #all: boolean;
  #language: Language | undefined;
  /** All words, once they are there. */
  locale: Locale | undefined;

  /** @param all whether the words of the details are wanted from the start. */
  constructor(host: ReactiveControllerHost & HTMLElement, all: boolean) {
    this.#host = host;
    this.#all = all;
    host.addController(this);
  }

  /** What the strip says. */
  get gate(): GateWords {
    return this.locale?.gate ?? EN;
  }

  /** The language of what no locale translates, where that is another than the element's. */
  get foreign(): 'en' | undefined {
    return this.#language === 'en' ? undefined : 'en';
  }

  #observer: MutationObserver | undefined;

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#follow());
    for (const node of [this.#host, document.documentElement]) this.#observer.observe(node, { attributeFilter: ['lang'] });
    this.#follow();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #follow(): void {
    const language = languageOf(this.#host);
    if (language === this.#language) return;
    this.#language = language;
    this.locale = undefined;
    if (this.#all || language !== 'en') void this.load();
  }

  /** Loads all words. Where they cannot be had, the element says less. */
  async load(): Promise<void> {
    const language = this.#language ?? 'en';
    const locale = await LOCALES[language]().catch(() => undefined);
    if (language !== this.#language || locale === undefined) return;
    this.locale = locale;
    this.#host.requestUpdate();
  }
}
