import type { Transform } from '../transform.ts';
import { DOCUMENTS } from './documents.ts';
import { escapeHtml } from './html.ts';

/** Attributes that keep an element's text off the screen. */
const HIDING = [
  'style="display:none"',
  'style="visibility: hidden"',
  'style="font-size:0"',
  'style="color:#fff;background-color:#fff"',
  'style="opacity:0;position:absolute"',
  'style="position:absolute;left:-9999px"',
  'hidden',
] as const;

/** An HTML page that holds the text in an element that no browser shows: `display:none` and its like. */
export const htmlHidden: Transform = {
  name: 'html-hidden',
  family: 'structure',
  readable: false,
  reference: 'Greshake et al. 2023, indirect prompt injection (arXiv 2302.12173)',
  growth: { times: 5, plus: 500 },
  apply: (text, random) => {
    const [before, after] = random.pick(DOCUMENTS);
    const element = random.pick(['div', 'span', 'p'] as const);
    return `<p>${before}</p>\n<${element} ${random.pick(HIDING)}>${escapeHtml(text)}</${element}>\n<p>${after}</p>`;
  },
};
