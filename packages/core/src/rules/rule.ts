import * as v from 'valibot';
import { SEVERITIES } from '../verdict.ts';

const id = v.pipe(v.string(), v.regex(/^[a-z]{2}-[a-z]+-\d{3}$/, 'must look like pi-override-001'));
const examples = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(2, 'needs at least two examples'));

/** One rule as its YAML has it. The regular expressions carry the flags `giu` and run over NFKC-normalised text with single blanks. */
export const ruleSchema = v.strictObject({
  id,
  title: v.pipe(v.string(), v.minLength(8)),
  severity: v.picklist(SEVERITIES),
  /** OWASP LLM Top 10 ids, versioned: the 2026 id first, its 2025 alias after it. */
  owasp: v.pipe(v.array(v.pipe(v.string(), v.regex(/^LLM\d\d:20\d\d$/))), v.minLength(1)),
  atlas: v.pipe(v.array(v.pipe(v.string(), v.regex(/^AML\.T\d{4}(\.\d{3})?$/))), v.minLength(1)),
  nist: v.optional(v.array(v.string()), []),
  euAiAct: v.optional(v.array(v.string()), []),
  /** Lower-case words; a pattern is tried only on a text that holds one of them (AISecOps' prefilter). */
  anchors: v.pipe(v.array(v.pipe(v.string(), v.minLength(2))), v.minLength(1)),
  patterns: v.pipe(v.array(v.pipe(v.string(), v.minLength(3))), v.minLength(1)),
  positive: examples,
  negative: examples,
});
export type Rule = v.InferOutput<typeof ruleSchema>;

/** A file of rules: one family. */
export const rulePackSchema = v.strictObject({
  family: v.pipe(v.string(), v.regex(/^[a-z-]+$/)),
  description: v.string(),
  rules: v.pipe(v.array(ruleSchema), v.minLength(1)),
});
export type RulePack = v.InferOutput<typeof rulePackSchema>;

/** A rule as it ships: without its examples, which hold attacks and serve tests only. */
export type ShippedRule = Omit<Rule, 'positive' | 'negative'>;
/** A pack as it ships. Every `RulePack` is one. */
export interface ShippedRulePack extends Omit<RulePack, 'rules'> {
  readonly rules: readonly ShippedRule[];
}
