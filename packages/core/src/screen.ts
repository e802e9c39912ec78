import { guardBenign } from './benign/guard.ts';
import { strongestFirst } from './fuse.ts';
import type { HiddenContext } from './leak/hidden-context.ts';
import { type AllowContext, applyAllow } from './policy/allow.ts';
import { guards, type InForce } from './policy/in-force.ts';
import type { RuleSet } from './rules/compile.ts';
import { hiddenFindings } from './rules/hidden-findings.ts';
import { matchRules } from './rules/match.ts';
import { isPayload, type Variant, variantsOf } from './text/variants.ts';
import type { Languages } from './text/words/languages.ts';
import type { AllowedFinding, BenignNote, RuleFinding } from './verdict.ts';

/** What is known of a text before a model sees it (AISecOps' prefilter). */
export interface Screened {
  /** Every reading of the text, the normalised one first. */
  readonly variants: readonly Variant[];
  /** True if readings were left out for the policy's bounds. */
  readonly truncated: boolean;
  /** What the rules found in any reading, less what the allow-list cancels, weighed by the benign guard. Strongest first. */
  readonly findings: readonly RuleFinding[];
  readonly allowed: readonly AllowedFinding[];
  /** Path of the allow-list's entry that is the whole text, if one is. */
  readonly whole?: string;
  /** The benign guard's reading of the text as a whole, if it has one. */
  readonly about?: BenignNote;
}

/** What an answer gives away, in any of its readings: `leakFindings`. */
export type FindLeaks = (variants: readonly Variant[], text: string, hidden: HiddenContext) => readonly RuleFinding[];

/** What a caller may lend: some need not load it, others do not have it. */
export interface ScreenAids {
  /** Runs on an answer. */
  readonly findLeaks?: FindLeaks;
  /** Of the words that scrambled ones may have been: `variantsOf`. */
  readonly languages?: Languages;
}

/**
 * Readings, rules, what an answer leaks, allow-list and benign guard, in this order; no model. Linear in the text's length; throws on no text.
 */
export function screen(
  rules: RuleSet,
  text: string,
  { policy }: InForce,
  context: AllowContext & HiddenContext,
  { findLeaks, languages }: ScreenAids = {},
): Screened {
  const { variants, hidden, truncated } = variantsOf(text, policy.variants, languages);
  const leaked = (context.role === 'assistant' && findLeaks?.(variants, text, context)) || [];
  const matched = [...leaked, ...hiddenFindings(hidden, text), ...matchRules(rules, text, variants, context.role)];
  const { findings, ...allowance } = applyAllow(unwrapped(matched, rules, variants), text, policy.allow, context);
  const known = { variants, truncated, ...allowance };
  const [normalised] = variants;
  // Who hides an order does not quote it.
  const hides = findings.some(({ provenance }) => provenance !== undefined);
  if (normalised === undefined || hides || !guards(policy)) return { ...known, findings: strongestFirst(findings) };
  if (context.role !== 'assistant') return { ...known, ...guardBenign(findings, normalised) };
  // What an answer holds is out, quoted or not: the guard says what the answer is about, and lowers nothing.
  const about = findings.every(({ severity }) => severity === 'low') ? guardBenign([], normalised).about : undefined;
  return { ...known, findings: strongestFirst(findings), ...(about && { about }) };
}

/** What a carrier orders to decode or to join was read: by itself the order is of low severity. */
function unwrapped(findings: readonly RuleFinding[], { rules }: RuleSet, variants: readonly Variant[]): RuleFinding[] {
  if (findings.length === 0 || !variants.some(isPayload)) return [...findings];
  const carriers = new Set(rules.flatMap(({ rule }) => (rule.carrier ? [rule.id] : [])));
  return findings.map((finding) =>
    carriers.has(finding.rule) ? { ...finding, severity: 'low', benign: { reason: 'unwrapped', span: finding.span, was: finding.severity } } : finding,
  );
}
