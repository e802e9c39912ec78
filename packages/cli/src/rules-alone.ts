import { compileRules, parsePolicy, patternSignal, policyFor, screen } from '@portcullis/core';
import { defaultPacks } from '@portcullis/rules';

/** The score of the pattern signal from which the rules alone flag a text: a finding of medium severity. */
export const FLAGGED = 0.35;

/** What the shipped rules make of a text without any model: readings, rules and the benign guard. */
export function rulesAlone(): (text: string) => { readonly score: number; readonly blocked: boolean } {
  const rules = compileRules(defaultPacks);
  const origin = { role: 'user' } as const;
  const inForce = policyFor(parsePolicy(), origin);
  return (text) => {
    const { score } = patternSignal(screen(rules, text, inForce, { ...origin, now: Date.now() }).findings);
    return { score, blocked: score >= FLAGGED };
  };
}
