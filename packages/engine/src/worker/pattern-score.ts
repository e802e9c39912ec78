import { compileRules, parsePolicy, patternSignal, policyFor, screen } from '@portcullis/core';
import { promptPacks } from '@portcullis/rules/prompts';

const RULES = compileRules(promptPacks);
const ORIGIN = { role: 'user' } as const;
const IN_FORCE = policyFor(parsePolicy(), ORIGIN);

/** The score of the strongest rule that a user's text meets in any of its readings, in [0, 1]: the guard's pattern signal under the default policy. */
export const patternScore = (text: string): number => patternSignal(screen(RULES, text, IN_FORCE, { ...ORIGIN, now: Date.now() }).findings).score;
