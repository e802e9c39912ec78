import { compileRules, leakFindings, parsePolicy, patternSignal, policyFor, type Role, type RuleFinding, rankOf, screen } from '@portcullis/core';
import { defaultPacks } from '@portcullis/rules';

/** What the rules make of a text without any model. */
export interface RulesAlone {
  readonly score: number;
  readonly findings: readonly RuleFinding[];
  /** A finding of medium severity or more, which counts where the models agree. */
  readonly flagged: boolean;
  /** A finding that blocks by itself under the default policy. */
  readonly blocked: boolean;
}

/** What the shipped rules find in texts of a role: readings, rules and the benign guard. */
export function rulesAlone(role: Role): (text: string, systemPrompt?: string) => RulesAlone {
  const rules = compileRules(defaultPacks);
  const inForce = policyFor(parsePolicy(), { role });
  const reaches = (least: 'medium' | 'high', findings: readonly RuleFinding[]): boolean => findings.some(({ severity }) => rankOf(severity) >= rankOf(least));
  return (text, systemPrompt) => {
    const { findings } = screen(
      rules,
      text,
      inForce,
      { role, now: Date.now(), ...(systemPrompt !== undefined && { systemPrompt }) },
      { findLeaks: leakFindings },
    );
    return { score: patternSignal(findings).score, findings, flagged: reaches('medium', findings), blocked: reaches('high', findings) };
  };
}
