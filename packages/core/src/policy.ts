import * as v from 'valibot';
import { PortcullisError } from './errors.ts';
import { type Decision, type Finding, SEVERITIES, type Severity } from './verdict.ts';

const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const policySchema = v.strictObject({
  /** Score at and above which a text is blocked; without it, the bundle's global threshold. */
  block: v.optional(probability),
  /** Score at and above which a person is asked first; without it, the bundle's. */
  warn: v.optional(probability),
  /** Lowest severity of a rule finding that blocks whatever the models say. `never`: rules only add to the score. */
  blockSeverity: v.optional(v.picklist([...SEVERITIES, 'never']), 'high'),
  /** What happens to a text that could not be scored in full. */
  fail: v.optional(v.picklist(['closed', 'open']), 'closed'),
  /** Longest text the models scan, in tokens; the rest is seen by the rules only and the verdict says so. */
  maxTokens: v.optional(v.pipe(v.number(), v.integer(), v.minValue(128), v.maxValue(1_000_000)), 16_384),
});

/** What an app may set. Every field has a default. */
export type PolicyInput = v.InferInput<typeof policySchema>;
/** A policy with its defaults filled in. Thresholds left out come from the bundle. */
export type Policy = v.InferOutput<typeof policySchema>;

/** The two scores that part allow, warn and block. */
export interface Thresholds {
  readonly block: number;
  readonly warn: number;
}

/**
 * Checks and completes a policy.
 * @throws {PortcullisError} `policy-invalid`, naming the field.
 */
export function parsePolicy(input: unknown = {}): Policy {
  const parsed = v.safeParse(policySchema, input);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new PortcullisError('policy-invalid', `policy.${v.getDotPath(issue) ?? '?'}: ${issue.message}`);
  }
  const { block, warn } = parsed.output;
  if (block !== undefined && warn !== undefined && warn > block) {
    throw new PortcullisError('policy-invalid', `policy.warn: ${warn} lies above policy.block (${block})`);
  }
  return parsed.output;
}

/** The thresholds in force: the policy's where it sets them, the bundle's elsewhere; warn never lies above block. */
export function thresholdsOf(policy: Policy, bundle: Thresholds): Thresholds {
  const block = policy.block ?? bundle.block;
  return { block, warn: Math.min(policy.warn ?? bundle.warn, block) };
}

function reaches(severity: Severity, least: Policy['blockSeverity']): boolean {
  return least !== 'never' && SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

/** The decision for a text that was scored in full. */
export function decide(score: number, findings: readonly Finding[], policy: Policy, thresholds: Thresholds): Decision {
  const ruled = findings.some((finding) => 'rule' in finding && reaches(finding.severity, policy.blockSeverity));
  if (ruled || score >= thresholds.block) return 'block';
  return score >= thresholds.warn ? 'warn' : 'allow';
}

/** The decision for a text that could not be scored in full: what was found still counts, the rest is the policy's `fail`. */
export function decideDegraded(partial: Decision, policy: Policy): Decision {
  return policy.fail === 'closed' ? 'block' : partial;
}
