// By the entry whose table `homoglyphs` reads as well.
import { remove } from 'confusables/dist/index.js';
import { normalise } from '../../text/normalise.ts';

/** What is read alike in most typefaces, once in small letters. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[i1|]/g, 'l'],
  [/0/g, 'o'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

const ASCII = /^[ -~]*$/;

/** A name without what a reader passes over: letter case and separators. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[\s_.:/-]+/g, '');

/** A name by which look-alikes are told: small Latin letters for what passes for them (Unicode's confusables), without separators or invisible characters. */
export function foldedName(name: string): string {
  const latin = plainName(ASCII.test(name) ? name : remove(normalise(name).text));
  return ALIKE.reduce((text, [like, letter]) => text.replace(like, letter), latin);
}
