import { PortcullisError } from '../errors.ts';
import { normalise, originalSpan } from '../text/normalise.ts';
import { type RuleFinding, SEVERITIES } from '../verdict.ts';
import type { ShippedRule, ShippedRulePack } from './rule.ts';

interface CompiledRule {
  readonly rule: ShippedRule;
  readonly patterns: readonly RegExp[];
}

/** Rules ready to run. Made once, used for every text. */
export interface RuleSet {
  readonly rules: readonly CompiledRule[];
}

/** Findings that one rule may give for one text; more say nothing new. */
const MAX_FINDINGS_PER_RULE = 5;

/**
 * Compiles packs to regular expressions.
 * @throws {PortcullisError} `rule-invalid`, naming the rule and the pattern.
 */
export function compileRules(packs: readonly ShippedRulePack[]): RuleSet {
  const seen = new Set<string>();
  const rules = packs.flatMap((pack) =>
    pack.rules.map((rule) => {
      if (seen.has(rule.id)) throw new PortcullisError('rule-invalid', `${rule.id}: the id is taken twice`);
      seen.add(rule.id);
      return { rule, patterns: rule.patterns.map((pattern) => compilePattern(rule.id, pattern)) };
    }),
  );
  return { rules };
}

function compilePattern(id: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'giu');
  } catch (cause) {
    throw new PortcullisError('rule-invalid', `${id}: ${pattern}: ${String(cause)}`, { cause });
  }
}

/** Runs every rule whose anchors stand in the text over its normalised form; spans point into the text as given. Strongest first. */
export function matchRules(ruleSet: RuleSet, text: string): RuleFinding[] {
  const normalised = normalise(text);
  const lower = normalised.text.toLowerCase();
  const findings: RuleFinding[] = [];
  for (const { rule, patterns } of ruleSet.rules) {
    if (!rule.anchors.some((anchor) => lower.includes(anchor))) continue;
    let found = 0;
    for (const pattern of patterns) {
      for (const match of normalised.text.matchAll(pattern)) {
        if (match[0].length === 0) continue;
        found += 1;
        if (found > MAX_FINDINGS_PER_RULE) break;
        const span = originalSpan(normalised, match.index, match.index + match[0].length);
        const { id, title, severity, owasp, atlas } = rule;
        findings.push({ rule: id, title, severity, span, excerpt: text.slice(...span), owasp, atlas });
      }
    }
  }
  return findings.sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || a.span[0] - b.span[0]);
}
