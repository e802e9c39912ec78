import { characters } from 'confusables';
import { type Edit, rewritten } from '../rewrite.ts';
import { isKnown } from '../words/lexicon.ts';
import type { View } from './view.ts';

// The library's table lists ǫ under o and leaves ꜰ out; both serve as small capitals.
const SMALL_CAPITALS: readonly (readonly [string, string])[] = [
  ['ǫ', 'q'],
  ['ꜰ', 'f'],
  ['ꞯ', 'q'],
];

// Greek letters of units and formulas (`μmol`, `Δx`) that pass for no Latin letter, though the library has them.
const SYMBOLS = new Set('μΔΩλβγδθπσφψω');

/** Look-alike → Latin letter, for characters outside ASCII (Unicode's confusables, from the library `confusables`). */
const LATIN = latinTable();

// Scripts whose letters serve as Latin look-alikes. Chinese, Japanese and Korean are left out: they mix with Latin in ordinary text.
const FOREIGN = '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Coptic}\\p{Script=Armenian}\\p{Script=Cherokee}\\p{Script=Lisu}';
// Small capitals and other Latin letters that no orthography mixes with plain ones, letters in boxes, and the letters that flags are made of.
const STYLISED = '\\u0262\\u026A\\u0274\\u0280\\u028F\\u0299\\u029C\\u029F\\u1D00-\\u1D22\\uA730\\uA731\\u01EB\\u{1F150}-\\u{1F189}\\u{1F1E6}-\\u{1F1FF}';
const SUSPECT = new RegExp(`[${FOREIGN}${STYLISED}]`, 'u');
const WORD = new RegExp(`[\\p{L}${STYLISED}0-9@$]{2,}`, 'gu');
const MIXED = new RegExp(`[A-Za-z](?=[${FOREIGN}])|[${FOREIGN}](?=[A-Za-z])`, 'u');
const ALL_STYLISED = new RegExp(`^[${STYLISED}A-Za-z0-9@$]*$`, 'u');
// Accented letters are a disguise of their own.
const PLAIN = /^[ -~]$|\p{M}/u;
const ASCII = /^[ -~]+$/;
/** Mixed words from which a text is sure to be disguised, so that all that passes for Latin in it is read so. */
const SEVERAL = 3;
const LOWER = /\p{Ll}/u;
const UPPER = /\p{Lu}/u;
const FLAGS = /^[\u{1F1E6}-\u{1F1FF}]{2,8}$/u;

/**
 * Look-alike letters as the Latin ones they pass for, in words that mix scripts and in stylised ones. Words of one foreign script
 * are left alone, unless the text also mixes scripts inside words and they pass for known ones, or it does so again and again: then
 * `сору` is no Russian either.
 */
export const homoglyphs: View = (source) => {
  if (!SUSPECT.test(source.text)) return source;
  const certain: Edit[] = [];
  const doubtful: Edit[] = [];
  for (const { 0: word, index } of source.text.matchAll(WORD)) {
    const letters = [...word];
    const latin = letters.map((letter) => latinOf(letter) ?? letter);
    const edit = { start: index, end: index + word.length, text: latin.join('') };
    if (edit.text === word || FLAGS.test(word)) continue;
    if (isStylised(letters) || (letters.length > 3 && MIXED.test(word))) certain.push(edit);
    else if (isKnown(edit.text) || ASCII.test(edit.text)) doubtful.push(edit);
  }
  const sure = certain.length >= SEVERAL;
  const edits = [...certain, ...doubtful.filter(({ text }) => sure || isKnown(text))].sort((one, other) => one.start - other.start);
  return certain.length === 0 ? source : rewritten(source, edits);
};

/** True of a word of three letters or more of which half and two are stylised; phonetic script has fewer. */
function isStylised(letters: readonly string[]): boolean {
  if (letters.length < 3 || !ALL_STYLISED.test(letters.join(''))) return false;
  const stylised = letters.filter((letter) => SUSPECT.test(letter)).length;
  return stylised > 1 && 2 * stylised >= letters.length;
}

/** The letter that a character passes for, in the character's own case; a capital that passes for an l is an I. */
function latinOf(letter: string): string | undefined {
  const latin = PLAIN.test(letter.normalize('NFD')) ? undefined : LATIN.get(letter);
  if (latin === 'l' && UPPER.test(letter)) return 'I';
  return LOWER.test(letter) ? latin?.toLowerCase() : latin;
}

function latinTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const [latin, likes] of characters) {
    if (!/^[A-Za-z]$/.test(latin)) continue;
    for (const like of likes) if (!table.has(like) && !SYMBOLS.has(like) && !/^[ -~]$/.test(like)) table.set(like, latin);
  }
  for (let letter = 0; letter < 26; letter += 1) {
    const latin = String.fromCharCode(97 + letter);
    for (const start of [0x1f150, 0x1f170, 0x1f1e6]) table.set(String.fromCodePoint(start + letter), latin);
  }
  for (const [like, latin] of SMALL_CAPITALS) table.set(like, latin);
  return table;
}
