import type { Site } from '../shared/sites.ts';
import { attributeOf, drawnText, queryAll } from './dom.ts';

/** How chat pages mark what the model says, where nothing is known of the site. */
const ANSWERS = '[data-message-author-role="assistant"], [data-role="assistant"], [data-author="assistant"], [data-testid*="assistant-message" i]';
/** An answer is read once it has not grown for so long. */
const QUIET_MS = 1000;
/** Of a long conversation, so many of the last answers are read. */
const MOST = 10;

/** An answer as the model wrote it, as far as the page still tells: its words, then its links and pictures in Markdown. */
function markdownOf(answer: HTMLElement): string {
  const links = queryAll(answer, 'a[href]').map((link) => `[${drawnText(link)}](${attributeOf(link, 'href')})`);
  const pictures = queryAll(answer, 'img[src]').map((picture) => `![${attributeOf(picture, 'alt') ?? ''}](${attributeOf(picture, 'src')})`);
  return [drawnText(answer), ...links, ...pictures].join('\n\n');
}

/** Tells each answer on the page, once it stands; again when it has changed. */
export function watchAnswers(site: Site | undefined, onAnswer: (text: string) => void): void {
  const told = new WeakMap<HTMLElement, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (): void => {
    for (const answer of queryAll(document, site?.answer ?? ANSWERS).slice(-MOST)) {
      const text = markdownOf(answer);
      if (text.trim() === '' || told.get(answer) === text) continue;
      told.set(answer, text);
      onAnswer(text);
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(read, QUIET_MS);
  };
  new MutationObserver(later).observe(document, { subtree: true, childList: true, characterData: true, attributeFilter: ['href', 'src'] });
  later();
}
