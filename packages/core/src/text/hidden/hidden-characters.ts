import type { Span } from '../../verdict.ts';
import { hiddenTexts, isMarkup } from './hidden-texts.ts';

/** Kinds of characters that show nothing. */
export const HIDDEN_CHARACTER_KINDS = ['tag', 'variation-selector', 'bidi', 'zero-width', 'filler'] as const;
export type HiddenCharacterKind = (typeof HIDDEN_CHARACTER_KINDS)[number];

/** Characters of one kind in a row that show nothing and that no writing needs where they stand. */
export interface HiddenRun {
  readonly kind: HiddenCharacterKind;
  readonly span: Span;
  /** Characters, not code units. */
  readonly count: number;
}

/** What is hidden in a text, and what it says. */
export interface HiddenCharacters {
  /** In the order of the text. */
  readonly runs: readonly HiddenRun[];
  /** The texts that the characters spell, where they can be read. */
  readonly says: readonly string[];
  /** The text without them: what a person sees. */
  readonly without: string;
}

const RUN = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]+/gu;
const KINDS: readonly (readonly [HiddenCharacterKind, RegExp])[] = [
  ['tag', /[\u{E0000}-\u{E007F}]/u],
  ['variation-selector', /[\u180B-\u180D\u180F\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u],
  ['bidi', /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u],
  ['zero-width', /[\u034F\u200B-\u200D\u2060-\u2065\uFEFF\u00AD]/u],
];

const LETTERS_FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const OVERRIDE = /[\u202D\u202E]/;
const SYMBOL_BEFORE = /[\p{Emoji}\p{Emoji_Modifier}]$/u;
const EMOJI_AFTER = /^\p{Extended_Pictographic}/u;
// Scripts whose letters join or stack: a joiner between two of them changes how they look.
const JOINING =
  '\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mongolian}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{M}';
const JOINING_BEFORE = new RegExp(`[${JOINING}]$`, 'u');
const FLAG = /^[\u{E0061}-\u{E007A}]{2}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,3}\u{E007F}$/u;

/** True of a run that does what it was made for: joins an emoji or letters, chooses a glyph, spells a flag, orders a text written from the right. */
function atWork(run: string, before: string, after: string, rightToLeft: boolean): boolean {
  if (run === '\u200D' || run === '\uFE0F\u200D')
    return (SYMBOL_BEFORE.test(before) && EMOJI_AFTER.test(after)) || (run.length === 1 && JOINING_BEFORE.test(before));
  if (run === '\u200C') return JOINING_BEFORE.test(before);
  if (run === '\uFE0E' || run === '\uFE0F') return SYMBOL_BEFORE.test(before);
  if (/^(?:[\uFE00-\uFE0D]|[\u{E0100}-\u{E01EF}])$/u.test(run)) return /[\p{Script=Han}\p{Sm}]$/u.test(before);
  if (/^[\u180B-\u180F]$/.test(run)) return /\p{Script=Mongolian}$/u.test(before);
  if (/^[\u115F\u1160]$/.test(run)) return /^\p{Script=Hangul}/u.test(after) || /\p{Script=Hangul}$/u.test(before);
  if (/^[\u17B4\u17B5]$/.test(run)) return /\p{Script=Khmer}$/u.test(before);
  if (FLAG.test(run)) return before.endsWith('\u{1F3F4}');
  return rightToLeft && /^[\u061C\u200E\u200F\u202A-\u202C\u2066-\u2069]+$/.test(run);
}

const kindOf = (character: string): HiddenCharacterKind => KINDS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'filler';

/**
 * Characters that a reader sees nothing of and a model reads: zero-width and bidirectional ones, tags, selectors, fillers, less those that do their work
 * in emoji and in scripts that need them. What markup hides is not among them. Linear; throws on no text.
 */
export function hiddenCharacters(original: string): HiddenCharacters {
  const rightToLeft = LETTERS_FROM_THE_RIGHT.test(original) && !OVERRIDE.test(original);
  const runs: HiddenRun[] = [];
  let without = '';
  let kept = 0;
  for (const { 0: run, index } of original.matchAll(RUN)) {
    const end = index + run.length;
    // A character is two code units at the most.
    if (atWork(run, original.slice(Math.max(0, index - 2), index), original.slice(end, end + 2), rightToLeft)) continue;
    without += original.slice(kept, index);
    kept = end;
    let from = index;
    for (const character of run) {
      const [kind, last] = [kindOf(character), runs.at(-1)];
      const to = from + character.length;
      if (last?.kind === kind && last.span[1] === from) runs[runs.length - 1] = { kind, span: [last.span[0], to], count: last.count + 1 };
      else runs.push({ kind, span: [from, to], count: 1 });
      from = to;
    }
  }
  const says = runs.length === 0 ? [] : hiddenTexts(original).flatMap(({ kind, text }) => (isMarkup(kind) || text === '' ? [] : [text]));
  return { runs, says, without: without + original.slice(kept) };
}
