import type { BenignNote, DecidedBy, Decision, Finding, RuleFinding } from '../verdict.ts';
import { rankOf, type Severity } from '../verdict.ts';
import type { InForce } from './in-force.ts';
import type { Policy } from './schema.ts';
import { type Thresholds, thresholdsOf } from './thresholds.ts';

/** What is known of a text when the policy is asked. */
export interface Evidence {
  /** The fused score; `null` where the models could not score. */
  readonly score: number | null;
  /** After the allow-list and the benign guard. */
  readonly findings: readonly Finding[];
  /** The benign guard's reading of the text as a whole, if it has one. */
  readonly about?: BenignNote;
  /** Path of the allow-list's entry that is the whole text, if one is. */
  readonly allowed?: string;
}

/** A decision and what of the policy made it. */
export interface Ruling {
  readonly decision: Decision;
  readonly decidedBy: DecidedBy;
}

/** The decision for a text, with the field of the policy that made it. */
export function ruling({ score, findings, about, allowed }: Evidence, inForce: InForce, bundle: Thresholds): Ruling {
  const { policy, paths, off } = inForce;
  if (off !== undefined) return { decision: 'allow', decidedBy: { kind: 'off', field: off } };
  if (allowed !== undefined) return { decision: 'allow', decidedBy: { kind: 'allowed', field: allowed } };

  const limits = thresholdsOf(policy, bundle);
  const scored = (band: 'block' | 'warn'): Ruling | undefined => {
    if (score === null || score < limits[band]) return undefined;
    const field = policy[band] !== undefined ? paths[band] : band === 'block' && policy.mode === 'benchmark' ? 'policy.mode' : `bundle.thresholds.${band}`;
    return { decision: band, decidedBy: { kind: 'score', score, field, limit: limits[band] } };
  };
  const ruled = (decision: 'block' | 'warn', field: 'blockSeverity' | 'warnSeverity'): Ruling | undefined => {
    const found = findings.find((finding): finding is RuleFinding => 'rule' in finding && reaches(finding.severity, policy[field]));
    return found && { decision, decidedBy: { kind: 'rule', rule: found.rule, severity: found.severity, field: paths[field], limit: policy[field] } };
  };

  const blocked = ruled('block', 'blockSeverity') ?? scored('block');
  if (blocked?.decidedBy.kind === 'score' && about !== undefined && blocked.decidedBy.score < farAbove(limits.block)) {
    return { decision: 'warn', decidedBy: { ...blocked.decidedBy, kind: 'benign', note: about, limit: farAbove(limits.block) } };
  }
  return blocked ?? ruled('warn', 'warnSeverity') ?? scored('warn') ?? { decision: 'allow', decidedBy: { kind: 'none' } };
}

/** A score that no benign reading softens: half-way from the block threshold to certainty. TUP's guard gives way at 0.995 only. */
export function farAbove(block: number): number {
  return block + (1 - block) / 2;
}

/** The ruling for a text that could not be scored in full: what was found still counts, the rest is the policy's `fail`. */
export function rulingDegraded(partial: Ruling, policy: Policy): Ruling {
  if (partial.decision === 'block' || partial.decidedBy.kind === 'off' || partial.decidedBy.kind === 'allowed') return partial;
  return policy.fail === 'open' ? partial : { decision: 'block', decidedBy: { kind: 'fail', field: 'policy.fail', limit: 'closed' } };
}

/** Whether a finding's severity is one from which the policy acts. */
export function reaches(severity: Severity, least: Policy['blockSeverity']): boolean {
  return least !== 'never' && rankOf(severity) >= rankOf(least);
}
