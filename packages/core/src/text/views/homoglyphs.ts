// The library's other entry holds an older table of fewer letters, and bundlers would take that one.
import { characters } from 'confusables/dist/characters.js';
import { type Edit, rewritten } from '../rewrite.ts';
import { isKnown, isShort } from '../words/lexicon.ts';
import type { View } from './view.ts';

// What comes before the library's table: it lists ǫ under o and leaves ꜰ out, though both serve as small capitals; it has i for palochka and p for keh first.
const FURTHER: readonly (readonly [string, string])[] = [
  ['ӏ', 'l'],
  ['ǫ', 'q'],
  ['ꜰ', 'f'],
  ['ꞯ', 'q'],
  ['ք', 'f'],
];

// Greek letters of units and formulas (`μmol`, `Δx`) that pass for no Latin letter, though the library has them.
const SYMBOLS = new Set('μΔΩλβγδθπσφψω');

/** What passes for a Latin letter only where nothing else can be meant; NFKC makes Σ of the lunate sigma. */
const SURELY = new Map([
  ['γ', ['y']],
  ['Σ', ['C']],
]);

/** Latin letters that look like others and are at home in an orthography, and what tells that a text is written in it: Vietnamese, Turkish. */
const AT_HOME: readonly (readonly [letters: string, orthography: RegExp])[] = [
  ['đĐ', /[ơư\u1EA0-\u1EF9]/i],
  ['ı', /[ğş]/i],
];

/** Look-alike → Latin letters, the likeliest first, for characters outside ASCII (Unicode's confusables, from the library `confusables`). */
const LATIN = latinTable();

// Scripts whose letters serve as Latin look-alikes. Chinese, Japanese and Korean are left out: they mix with Latin in ordinary text.
const FOREIGN = '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Coptic}\\p{Script=Armenian}\\p{Script=Cherokee}\\p{Script=Lisu}';
// Small capitals and other Latin letters that no orthography mixes with plain ones, letters in boxes, and the letters that flags are made of.
const STYLISED = '\\u0262\\u026A\\u0274\\u0280\\u028F\\u0299\\u029C\\u029F\\u1D00-\\u1D22\\uA730\\uA731\\u01EB\\u{1F150}-\\u{1F189}\\u{1F1E6}-\\u{1F1FF}';
const SUSPECT = new RegExp(`[${FOREIGN}${STYLISED}]`, 'u');
const WORD = new RegExp(`[\\p{L}${STYLISED}0-9@$]+`, 'gu');
const MIXED = new RegExp(`[A-Za-z](?=[${FOREIGN}])|[${FOREIGN}](?=[A-Za-z])`, 'u');
const ALL_STYLISED = new RegExp(`^[${STYLISED}A-Za-z0-9@$]*$`, 'u');
// Accented letters are a disguise of their own.
const PLAIN = /^[ -~]$|\p{M}/u;
/** Mixed words from which a text is sure to be disguised, so that all that passes for Latin in it is read so. */
const SEVERAL = 3;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const FLAGS = /^[\u{1F1E6}-\u{1F1FF}]{2,8}$/u;

/**
 * Look-alike letters as the Latin ones they pass for, in words that mix scripts and in stylised ones. Words of one foreign script
 * are left alone, unless the text also mixes scripts inside words and they pass for known ones, or it does so again and again: then
 * `сору` is no Russian either, and every letter is read.
 */
export const homoglyphs: View = (source) => {
  if (!SUSPECT.test(source.text)) return source;
  const certain: Edit[] = [];
  const doubtful: Edit[] = [];
  const atHome = AT_HOME.flatMap(([letters, orthography]) => (orthography.test(source.text) ? [...letters] : []));
  const sure = (source.text.match(WORD) ?? []).filter((word) => isMixed(word)).length >= SEVERAL;
  for (const { 0: word, index } of source.text.matchAll(WORD)) {
    if (FLAGS.test(word)) continue;
    const letters = [...word];
    const edit = { start: index, end: index + word.length, text: latinWord(letters, sure, atHome) };
    if (edit.text === word) continue;
    if (isMixed(word) || isStylised(letters)) certain.push(edit);
    else doubtful.push(edit);
  }
  if (certain.length === 0) return source;
  return rewritten(
    source,
    [...certain, ...doubtful.filter(({ text }) => sure || certain.length >= SEVERAL || isKnown(text))].sort((one, other) => one.start - other.start),
  );
};

function isMixed(word: string): boolean {
  return word.length > 3 && MIXED.test(word);
}

/** True of a word of three letters or more of which half and two are stylised; phonetic script has fewer. */
function isStylised(letters: readonly string[]): boolean {
  if (letters.length < 3 || !ALL_STYLISED.test(letters.join(''))) return false;
  const stylised = letters.filter((letter) => SUSPECT.test(letter)).length;
  return stylised > 1 && 2 * stylised >= letters.length;
}

/**
 * The word that letters pass for: the first known one of those they may, else the likeliest. Three letters of two meanings at most are
 * tried both ways; those `atHome` stay.
 */
function latinWord(letters: readonly string[], sure: boolean, atHome: readonly string[]): string {
  const passes = letters.map((letter) => (atHome.includes(letter) ? [] : ((sure ? SURELY.get(letter) : undefined) ?? latinOf(letter))));
  const choices = 1 << Math.min(3, passes.filter(({ length }) => length > 1).length);
  const word = (choice: number): string => {
    let doubtful = 0;
    return letters.map((letter, at) => ((passes[at]?.length ?? 0) > 1 ? passes[at]?.[(choice >> doubtful++) & 1] : passes[at]?.[0]) ?? letter).join('');
  };
  for (let choice = 0; choice < choices; choice += 1) if (isKnown(word(choice)) || isShort(word(choice))) return word(choice);
  return word(0);
}

/** The letters that a character passes for, in the character's own case, at most two; a capital that passes for an l is an I. */
function latinOf(letter: string): readonly string[] {
  const latin = PLAIN.test(letter.normalize('NFD')) ? undefined : LATIN.get(letter);
  if (latin === undefined) return [];
  if (latin.includes('l') && UPPER.test(letter)) return ['I'];
  return LOWER.test(letter) ? [...new Set(latin.map((one) => one.toLowerCase()))] : latin;
}

function latinTable(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  const add = (like: string, latin: string): void => {
    const passes = table.get(like) ?? [];
    if (passes.length < 2 && !passes.some((one) => one.toLowerCase() === latin.toLowerCase())) table.set(like, [...passes, latin]);
  };
  for (const [like, latin] of FURTHER) add(like, latin);
  for (const [latin, likes] of characters) {
    if (!/^[A-Za-z]$/.test(latin)) continue;
    for (const like of likes) if (!SYMBOLS.has(like) && !/^[ -~]$/.test(like)) add(like, latin);
  }
  for (let letter = 0; letter < 26; letter += 1) {
    const latin = String.fromCharCode(97 + letter);
    for (const start of [0x1f150, 0x1f170, 0x1f1e6]) table.set(String.fromCodePoint(start + letter), [latin]);
  }
  return table;
}
