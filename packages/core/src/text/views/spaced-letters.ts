import type { Normalised } from '../normalise.ts';
import { disjoint, rewritten } from '../rewrite.ts';
import { leetLetters } from '../words/leet.ts';
import { unglued } from '../words/unglued.ts';
import { type Reading, readAs, type View } from './view.ts';

/** A letter with what stands on it. */
const UNIT = '[\\p{L}\\p{N}@$]\\p{M}*';
const ALONE = '(?![\\p{L}\\p{N}\\p{M}])';
const BEFORE = '(?<![\\p{L}\\p{N}\\p{M}])';
// Letters one by one, with one and the same separator between them: `i g n o r e`, `i.g.n.o.r.e`, `i - g - n`.
const RUN = new RegExp(`${BEFORE}${UNIT}(?:[ .\\-_*/|,~\\n]{1,3}${UNIT}${ALONE}){3,}`, 'gu');
const UNITS = new RegExp(UNIT, 'gu');
/** A letter by itself: part of a word in a text that is set apart throughout, nothing elsewhere. */
const SINGLE = new RegExp(`${BEFORE}${UNIT}${ALONE}`, 'gu');
/** Letters of runs, and their share of all, from which a text is set apart throughout, in whatever language. */
const MANY = 16;
const SHARE = 0.5;

/**
 * Letters set apart, joined again. A gap that differs from the usual one is the end of a word, and stays; where all gaps are
 * the same, known words say where the blanks were. Enumerations and initials join to no known word and stay.
 */
export const spacedLetters: View = (source) => {
  const runs = [...source.text.matchAll(RUN)].map(({ 0: run, index }) => unitsOf(source, UNITS, index, index + run.length));
  const readings = runs.map((units) => joined(units, usualGap(units)));
  const apart = runs.reduce((sum, { length }) => sum + length, 0);
  if (apart < MANY || apart < SHARE * (source.text.match(UNITS)?.length ?? 0)) return readAs(source, readings);
  const usual = usualGap(runs.flat());
  const starts = runs.flatMap(([first, ...others]) => (first ? others.map(({ start }) => start) : []));
  const inRuns = new Set(starts);
  const singles = unitsOf(source, SINGLE, 0, source.text.length).filter(({ gap, start }) => gap === usual && !inRuns.has(start));
  const joints = singles.map(({ start, signs }) => ({ start: start - signs.length, end: start, text: '' }));
  return rewritten(source, disjoint([...readings, ...joints]));
};

/** A letter, and what parts it from the letter before. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly signs: string;
  /** The signs, and how wide they were before blanks were folded. */
  readonly gap: string;
}

function unitsOf(source: Normalised, pattern: RegExp, start: number, end: number): Unit[] {
  let last = start;
  return [...source.text.slice(start, end).matchAll(pattern)].map(({ 0: text, index }) => {
    const at = start + index;
    const signs = source.text.slice(last, at);
    const gap = `${signs} ${(source.offsets[at] ?? 0) - (source.offsets[last] ?? 0)}`;
    last = at + text.length;
    return { start: at, end: last, text, signs, gap };
  });
}

/** What a run of letters reads as: words, with what stood between them. */
function joined(units: readonly Unit[], usual: string | undefined): Reading {
  const [first, last] = [units[0], units.at(-1)];
  const words = [''];
  const between: string[] = [];
  for (const [nth, { gap, signs, text }] of units.entries()) {
    if (nth > 0 && gap !== usual) {
      words.push('');
      between.push(signs);
    }
    words.push((words.pop() ?? '') + text);
  }
  // A digit among letters is one more disguise; digits alone are numbers.
  const letters = /\p{L}/u.test(words.join('')) ? words.map((word) => (/\p{L}/u.test(word) ? leetLetters(word) : word)) : words;
  const whole = { start: first?.start ?? 0, end: last?.end ?? 0 };
  if (letters.length === 1 && letters !== words) {
    const parted = unglued(letters[0] ?? '');
    return { ...whole, text: parted.join(' '), words: parted };
  }
  return { ...whole, text: letters.map((word, nth) => word + (between[nth] ?? '')).join(''), words: letters };
}

/** What parts the letters of words: the commonest gap. */
function usualGap(units: readonly Unit[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { gap, signs } of units) if (signs !== '') counts.set(gap, (counts.get(gap) ?? 0) + 1);
  let [best, most]: [string | undefined, number] = [undefined, 0];
  for (const [gap, count] of counts) if (count > most) [best, most] = [gap, count];
  return best;
}
