import type { Random } from '../random.ts';
import { instructed } from './instructed.ts';

/** Every character as a numeric character reference, all decimal or all hexadecimal; a lone surrogate is U+FFFD. */
export function toEntities(text: string, random: Random): string {
  const [prefix, radix] = random.chance(0.5) ? ['&#', 10] : ['&#x', 16];
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/./gsu, (character) => `${prefix}${character.codePointAt(0)?.toString(radix)};`);
}

export const htmlEntities = instructed({
  name: 'html-entities',
  code: 'HTML entities',
  reference: 'OWASP Cross Site Scripting Filter Evasion Cheat Sheet; dreadnode html_entity_encode',
  growth: { times: 8, plus: 0 },
  encode: toEntities,
});
