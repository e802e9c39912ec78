import { PortcullisError } from '../errors.ts';
import { type AnchorIndex, buildAnchors } from './anchors.ts';
import type { ShippedRule, ShippedRulePack } from './rule.ts';

export interface CompiledRule {
  readonly rule: ShippedRule;
  readonly patterns: readonly RegExp[];
  readonly also: readonly RegExp[];
  /** Where they match, a match of `patterns` may have begun that the text does not end. Nothing if the pack does not say. */
  readonly open?: readonly RegExp[];
}

/** Rules ready to run. Made once, used for every text. */
export interface RuleSet {
  readonly rules: readonly CompiledRule[];
  /** The anchors of all rules; owner `i` is `rules[i]`. */
  readonly anchors: AnchorIndex;
}

/**
 * Compiles packs to regular expressions and one automaton of their anchors.
 * @throws {PortcullisError} `rule-invalid`, naming the rule and the pattern.
 */
export function compileRules(packs: readonly ShippedRulePack[]): RuleSet {
  const steps = compileInSteps(packs);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** As `compileRules`, rule by rule, for a thread that has other work: hundreds of rules take a while. */
export function* compileInSteps(packs: readonly ShippedRulePack[]): Generator<undefined, RuleSet> {
  const seen = new Set<string>();
  const rules: CompiledRule[] = [];
  for (const rule of packs.flatMap((pack) => pack.rules)) {
    if (seen.has(rule.id)) throw new PortcullisError('rule-invalid', `${rule.id}: the id is taken twice`);
    seen.add(rule.id);
    const compile = (pattern: string): RegExp => compilePattern(rule.id, pattern, rule.cased ? 'gu' : 'giu');
    rules.push({ rule, patterns: rule.patterns.map(compile), also: (rule.also ?? []).map(compile), ...(rule.open && { open: rule.open.map(compile) }) });
    yield;
  }
  return { rules, anchors: buildAnchors(rules.map(({ rule }) => rule.anchors)) };
}

function compilePattern(id: string, pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (cause) {
    throw new PortcullisError('rule-invalid', `${id}: ${pattern}: ${String(cause)}`, { cause });
  }
}
