import type { Choices, Random } from '../random.ts';
import type { Transform } from '../transform.ts';
import { DOCUMENTS } from './documents.ts';

/** On one line, with the delimiters of Markdown's titles and labels escaped. */
const inline = (text: string): string => text.replace(/[\\()[\]"]/g, '\\$&').replace(/[\r\n]/g, ' ');

const PLACES: Choices<(text: string) => string> = [
  (text) => `[//]: # (${inline(text)})`,
  (text) => `[comment]: <> (${inline(text)})`,
  (text) => `![${inline(text)}](https://example.com/images/photo.png)`,
  (text) => `[Read more](https://example.com/more "${inline(text)}")`,
];

/** A Markdown document that holds the text where rendering shows none of it: a comment, an image's alternative text, a link's title. */
export const markdownHiding: Transform = {
  name: 'markdown-hiding',
  family: 'structure',
  readable: false,
  reference: 'Greshake et al. 2023, indirect prompt injection (arXiv 2302.12173)',
  growth: { times: 2, plus: 500 },
  apply: (text: string, random: Random) => {
    const [before, after] = random.pick(DOCUMENTS);
    return `${before}\n\n${random.pick(PLACES)(text)}\n\n${after}`;
  },
};
