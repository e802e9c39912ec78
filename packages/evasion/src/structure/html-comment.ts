import type { Transform } from '../transform.ts';
import { DOCUMENTS } from './documents.ts';

/** An HTML page that holds the text in a comment. */
export const htmlComment: Transform = {
  name: 'html-comment',
  family: 'structure',
  readable: false,
  reference: 'Greshake et al. 2023, indirect prompt injection (arXiv 2302.12173)',
  growth: { times: 4, plus: 500 },
  apply: (text, random) => {
    const [before, after] = random.pick(DOCUMENTS);
    // Nothing in the text may end the comment.
    const inside = text.replaceAll('>', '&gt;');
    return `<p>${before}</p>\n<!-- ${inside} -->\n<p>${after}</p>`;
  },
};
