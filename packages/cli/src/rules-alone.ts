import { compileRules, parsePolicy, patternSignal, policyFor, screen } from '@portcullis/core';
import { defaultPacks } from '@portcullis/rules';

/** What the shipped rules make of a text without any model: readings, rules and the benign guard. Blocked by a finding of medium severity or more. */
export function rulesAlone(): (text: string) => { readonly score: number; readonly blocked: boolean } {
  const rules = compileRules(defaultPacks);
  const origin = { role: 'user' } as const;
  const inForce = policyFor(parsePolicy(), origin);
  return (text) => {
    const { findings } = screen(rules, text, inForce, { ...origin, now: Date.now() });
    return { score: patternSignal(findings).score, blocked: findings.some(({ severity }) => severity !== 'low') };
  };
}
