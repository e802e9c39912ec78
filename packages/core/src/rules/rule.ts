import * as v from 'valibot';
import { ROLES, type Role } from '../policy/role.ts';
import { SEVERITIES } from '../verdict.ts';
import { CHECKS } from './checks.ts';

/** What a rule reads unless it says otherwise: what comes to the model. What the model says is read by the rules made for it. */
const INBOUND: readonly Role[] = ['user', 'tool', 'document'];

const id = v.pipe(v.string(), v.regex(/^[a-z]{2}-[a-z]+-\d{3}$/, 'must look like pi-override-001'));
const patterns = v.pipe(v.array(v.pipe(v.string(), v.minLength(3))), v.minLength(1));
const examples = v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(2, 'needs at least two examples'));

/** A word of a pack's vocabulary: a part of a pattern, written `{{name}}` in the patterns. */
const words = v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'a word has a lower-case name')), v.pipe(v.string(), v.minLength(1)));

/** One rule as its YAML has it. The regular expressions carry the flags `giu`, `gu` if `cased`, and run over NFKC-normalised text with single blanks. */
export const ruleSchema = v.strictObject({
  id,
  title: v.pipe(v.string(), v.minLength(8)),
  severity: v.picklist(SEVERITIES),
  /** OWASP LLM Top 10 ids, versioned: the 2026 id first, its 2025 alias after it. */
  owasp: v.pipe(v.array(v.pipe(v.string(), v.regex(/^LLM\d\d:20\d\d$/))), v.minLength(1)),
  atlas: v.pipe(v.array(v.pipe(v.string(), v.regex(/^AML\.T\d{4}(\.\d{3})?$/))), v.minLength(1)),
  nist: v.optional(v.array(v.string()), []),
  euAiAct: v.optional(v.array(v.string()), []),
  /** Whose texts the rule reads. */
  roles: v.optional(v.pipe(v.array(v.picklist(ROLES)), v.minLength(1)), [...INBOUND]),
  /** Lower-case words; a pattern is tried only on a text that holds one of them (AISecOps' prefilter). */
  anchors: v.pipe(v.array(v.pipe(v.string(), v.minLength(1))), v.minLength(1)),
  /** The rule fires where one of these matches … */
  patterns,
  /** … if each of these also matches somewhere in the same text: what is harmless apart can be telling together. */
  also: v.optional(patterns),
  /** … and if the match passes this test, which no regular expression can make; of a match with a group `value`, that group is tested and pointed at. */
  check: v.optional(v.picklist(CHECKS)),
  /** The patterns tell capitals from small letters: forms of keys that do. */
  cased: v.optional(v.boolean()),
  /** Counts only where Markdown is rendered: what stands in code is shown, not run. */
  rendered: v.optional(v.boolean()),
  /** An order to decode or to join something: of low severity once that was read, as what it says counts instead. */
  carrier: v.optional(v.boolean()),
  positive: examples,
  negative: examples,
});
export type Rule = v.InferOutput<typeof ruleSchema>;

/** A file of rules: one family. */
export const rulePackSchema = v.strictObject({
  family: v.pipe(v.string(), v.regex(/^[a-z-]+$/)),
  description: v.string(),
  /** Parts that the patterns share; gone once the pack is read. */
  words: v.optional(words, {}),
  rules: v.pipe(v.array(ruleSchema), v.minLength(1)),
});
export type RulePack = v.InferOutput<typeof rulePackSchema>;

/** A rule as it ships: without its examples, which hold attacks. */
export type ShippedRule = Omit<Rule, 'positive' | 'negative'> & {
  /** Of a rule for the assistant's texts, which come in pieces: patterns of what a match may begin with, up to the end of a text. Made of `patterns`. */
  readonly open?: readonly string[];
};
/** A pack as it ships. Every `RulePack` is one. */
export interface ShippedRulePack extends Omit<RulePack, 'rules' | 'words'> {
  readonly rules: readonly ShippedRule[];
}
