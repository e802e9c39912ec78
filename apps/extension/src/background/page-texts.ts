/** A text of a page, and whether a person sees it. */
export interface PageText {
  readonly text: string;
  /** How it is kept from view, for people; missing where it is in view. */
  readonly hidden?: string;
}

/**
 * What stands in a page, seen and unseen, as an agent that reads it would get it. Runs in the page, where it is put as its source: it may use
 * nothing but what is in it.
 */
export function pageTexts(): PageText[] {
  const SKIPPED = /^(?:script|style|template|title|iframe|object|svg|canvas)$/i;
  const ATTRIBUTES = ['alt', 'title', 'aria-label', 'aria-description', 'placeholder', 'content'];
  /** Shorter ones are names of things. */
  const LEAST = 20;
  const texts: PageText[] = [];
  const add = (text: string | null, hidden: string): void => {
    const said = (text ?? '').replace(/\s+/g, ' ').trim();
    if (said.length >= LEAST && /\p{L}/u.test(said)) texts.push({ text: said, hidden });
  };

  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const backgroundOf = (element: Element): number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const style = getComputedStyle(at);
      const background = channels(style.backgroundColor);
      // A picture can have any colour.
      if (style.backgroundImage !== 'none') return [];
      if ((background[3] ?? 1) > 0) return background;
    }
    return [255, 255, 255];
  };
  const ownsText = (element: Element): boolean =>
    Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && /\S/.test(node.nodeValue ?? ''));

  const howHidden = (element: Element): string | undefined => {
    const style = getComputedStyle(element);
    if (style.display === 'none') return 'not displayed';
    if (style.visibility !== 'visible' && ownsText(element)) return 'invisible';
    if (Number(style.opacity) < 0.1) return 'transparent';
    if (style.display === 'contents' || !ownsText(element)) return undefined;
    if (Number.parseFloat(style.fontSize) < 4) return 'too small to read';
    const { left, right, bottom, width, height } = element.getBoundingClientRect();
    if (right + scrollX < 0 || bottom + scrollY < 0 || left > 20_000) return 'off the page';
    if ((width <= 1 || height <= 1) && style.overflow !== 'visible') return 'clipped';
    if (
      /inset\((?:50|100)%/.test(style.clipPath) ||
      /rect\((?:0|1)(?:px)?(?:, | )(?:0|1)(?:px)?(?:, | )(?:0|1)(?:px)?(?:, | )(?:0|1)(?:px)?\)/.test(style.clip)
    )
      return 'clipped';
    const [colour, background] = [channels(style.color), backgroundOf(element)];
    if ((colour[3] ?? 1) < 0.1) return 'in a transparent colour';
    const far = background.length === 0 || colour.slice(0, 3).some((value, index) => Math.abs(value - (background[index] ?? 0)) > 12);
    return far ? undefined : 'in the colour of its ground';
  };

  /** Nothing in it is drawn; its attributes are read all the same. */
  const isHead = (element: Element): boolean => element.closest('head') !== null;

  let seen = '';
  const visit = (node: Node): void => {
    if (node.nodeType === Node.COMMENT_NODE) add(node.nodeValue, 'a comment');
    if (node.nodeType === Node.TEXT_NODE) seen += node.nodeValue?.replace(/\s+/g, ' ') ?? '';
    if (!(node instanceof Element) || SKIPPED.test(node.localName)) return;
    for (const name of ATTRIBUTES) add(node.getAttribute(name), `the attribute ${name}`);
    const hidden = isHead(node) ? undefined : howHidden(node);
    if (hidden !== undefined) {
      add(node.textContent, hidden);
      return;
    }
    const line = /^(?:inline|contents)/.test(getComputedStyle(node).display) ? '' : '\n';
    seen += line;
    for (const child of node.childNodes) visit(child);
    for (const child of node.shadowRoot?.childNodes ?? []) visit(child);
    seen += line;
  };
  visit(document.documentElement);
  const inView = seen.replace(/ *\n\s*/g, '\n').trim();
  return inView === '' ? texts : [...texts, { text: inView }];
}
