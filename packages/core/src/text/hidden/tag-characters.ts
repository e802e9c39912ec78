import type { Edit } from '../rewrite.ts';
import type { HiddenFinder } from './hidden-text.ts';

const TAGS = /[\u{E0020}-\u{E007E}]+/gu;
const BLACK_FLAG = '\u{1F3F4}';
const REGION = /^[a-z]{2}[a-z0-9]{2,3}$/;
const SHORTEST = 3;
/** What has tags: a text of nothing else, smuggled, is all tags. */
const ASCII = /[!-~]/;
const NO_TAGS = '[\\p{L}\\p{M}¿¡](?<![A-Za-z])';
const NO_TAGS_BEFORE = new RegExp(`(?:${NO_TAGS}){0,40}$`, 'u');
const NO_TAGS_NEXT = new RegExp(`^(?:${NO_TAGS})*`, 'u');
const LETTER = /\p{L}/gu;
const SIGNS = /^[^\p{L}\p{N}]+$/u;
const ENDS_A_WORD = /[\p{L}\p{M}\p{N}]$/u;
const BEGINS_A_WORD = /^[\p{L}\p{N}]/u;

/** Where tags stand, as ASCII; but those that spell the flags of England, Scotland and Wales. Ascending. */
function runsOf(original: string): Edit[] {
  const runs: Edit[] = [];
  for (const { 0: run, index } of original.matchAll(TAGS)) {
    const text = [...run].map((tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');
    const flag = original.startsWith(BLACK_FLAG, index - BLACK_FLAG.length) && REGION.test(text);
    if (!flag) runs.push({ text, start: index, end: index + run.length });
  }
  return runs;
}

/** One text of which all that is ASCII was smuggled, and the rest shows, as it has no tags: `für` is two tags about an umlaut. */
interface Pierced extends Edit {
  /** True if more of its letters are tags than show. */
  readonly mostlyTags: boolean;
}

function piercedText(original: string, runs: readonly Edit[]): Pierced | undefined {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const shown = runs.slice(1).map(({ start }, nth) => original.slice(runs[nth]?.end, start));
  const pierced = shown.some((between) => BEGINS_A_WORD.test(between)) && !shown.some((between) => ASCII.test(between));
  if (!pierced) return undefined;
  const before = NO_TAGS_BEFORE.exec(original.slice(Math.max(0, first.start - 40), first.start))?.[0] ?? '';
  const next = NO_TAGS_NEXT.exec(original.slice(last.end, last.end + 40))?.[0] ?? '';
  const tags = runs.map(({ text }) => text);
  const letters = (texts: readonly string[]): number => texts.join('').match(LETTER)?.length ?? 0;
  return {
    start: first.start - before.length,
    end: last.end + next.length,
    text: `${before}${tags.map((text, nth) => `${text}${shown[nth] ?? ''}`).join('')}${next}`,
    mostlyTags: letters(tags) > letters(shown),
  };
}

/**
 * What a reader of the page takes tags for: blanks and signs between visible letters stand for themselves, as do all tags in a text most of
 * which shows; a text most of which does not is no part of the page. Ascending.
 */
export function tagsAsShown(original: string): Edit[] {
  const runs = runsOf(original);
  const pierced = piercedText(original, runs);
  if (pierced) return pierced.mostlyTags ? [{ ...pierced, text: '' }] : runs;
  return runs.filter(
    ({ text, start, end }) =>
      SIGNS.test(text) && ENDS_A_WORD.test(original.slice(Math.max(0, start - 2), start)) && BEGINS_A_WORD.test(original.slice(end, end + 2)),
  );
}

/** ASCII smuggled as Unicode tag characters, U+E0000 above the plain ones. Runs between other characters are read as one text. */
export const tagCharacters: HiddenFinder = (original) => {
  const runs = runsOf(original);
  const pierced = piercedText(original, runs);
  if (pierced) return [{ kind: 'tag-characters', span: [pierced.start, pierced.end], text: pierced.text }];
  const text = runs.map((run) => run.text).join('');
  return text.length < SHORTEST ? [] : [{ kind: 'tag-characters', span: [runs[0]?.start ?? 0, runs.at(-1)?.end ?? 0], text }];
};
