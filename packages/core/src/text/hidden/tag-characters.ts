import type { Edit } from '../rewrite.ts';
import type { HiddenFinder } from './hidden-text.ts';

const TAGS = /[\u{E0020}-\u{E007E}]+/gu;
const BLACK_FLAG = '\u{1F3F4}';
const REGION = /^[a-z]{2}[a-z0-9]{2,3}$/;
const SHORTEST = 3;

const SIGN = '[\\u{E0020}-\\u{E002F}\\u{E003A}-\\u{E0040}\\u{E005B}-\\u{E0060}\\u{E007B}-\\u{E007E}]';
// What stands before is asked once a sign is there: asked first, it would be at every letter of a text.
const SIGNS = new RegExp(`${SIGN}(?<=[\\p{L}\\p{M}\\p{N}]${SIGN})${SIGN}*(?=[\\p{L}\\p{N}])`, 'gu');

const asciiOf = (tags: string): string => [...tags].map((tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');

/** Blanks and signs that stand as tags between visible letters: of a text in another script nothing else has tags. Ascending. */
export function tagSigns(original: string): Edit[] {
  return [...original.matchAll(SIGNS)].map(({ 0: run, index }) => ({ start: index, end: index + run.length, text: asciiOf(run) }));
}

/**
 * ASCII smuggled as Unicode tag characters, U+E0000 above the plain ones. Runs between other characters are read as one text;
 * the flags of England, Scotland and Wales, which are spelled with tags, are flags.
 */
export const tagCharacters: HiddenFinder = (original) => {
  const runs: { text: string; start: number; end: number }[] = [];
  for (const { 0: run, index } of original.matchAll(TAGS)) {
    const text = asciiOf(run);
    const flag = original.startsWith(BLACK_FLAG, index - BLACK_FLAG.length) && REGION.test(text);
    if (!flag) runs.push({ text, start: index, end: index + run.length });
  }
  const text = runs.map((run) => run.text).join('');
  return text.length < SHORTEST ? [] : [{ kind: 'tag-characters', span: [runs[0]?.start ?? 0, runs.at(-1)?.end ?? 0], text }];
};
