import type { Verdict } from '@portcullis/guard';
import type { Locale } from './locales/locale.ts';
import { INCOMPLETE } from './words.ts';

/** Why a verdict rests on less than it should, or undefined when it is complete. */
export function degradedNote(verdict: Verdict, words: Locale['incomplete'] = INCOMPLETE): string | undefined {
  const { degraded } = verdict;
  if (!degraded) return undefined;
  const parts: string[] = [];
  if (degraded.missing.length > 0) parts.push(words.without(degraded.missing.join(', ')));
  if (degraded.coverage < 1) parts.push(words.saw(Math.floor(degraded.coverage * 100)));
  const how = parts.length > 0 ? ` (${parts.join('; ')})` : '';
  // The reason may have said it already.
  const why = verdict.reason.includes(degraded.reason.message) ? '' : `: ${degraded.reason.message}`;
  return words.says(how, why);
}
