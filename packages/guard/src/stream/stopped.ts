import { type AnswerPolicy, farAbove, type Policy, patternSignal, type RuleFinding, reaches, type Verdict } from '@portcullis/core';

/** The verdict on an answer that a rule ends: its title is the reason, and the models were not asked. */
export function stoppedBy(finding: RuleFinding, { stop }: AnswerPolicy): Verdict {
  return {
    decision: 'block',
    score: null,
    confidence: 0,
    uncertainty: 1,
    signals: [patternSignal([finding])],
    findings: [finding],
    reason: `Stopped: ${finding.title.charAt(0).toLowerCase()}${finding.title.slice(1)}.`,
    decidedBy: { kind: 'rule', rule: finding.rule, severity: finding.severity, field: 'policy.answer.stop', limit: stop },
    backend: 'none',
    latencyMs: 0,
    bundle: 'none',
  };
}

/**
 * Whether a verdict on a part of an answer ends it. A score does from half-way between the block threshold and certainty on: an answer is read many times,
 * and each reading may be wrong. What rules find, `policy.answer` deals with: then it counts only if it should be gone, and is not.
 */
export function ends({ decision, decidedBy }: Verdict, { answer }: Policy): boolean {
  if (decision !== 'block') return false;
  if (decidedBy?.kind === 'score') return decidedBy.score >= farAbove(decidedBy.limit);
  return decidedBy?.kind !== 'rule' || reaches(decidedBy.severity, answer.redact) || reaches(decidedBy.severity, answer.stop);
}

/**
 * How far a text whose verdict ends an answer may be clean, in code units: up to what a rule found, to its end where a score decided, and not at all where it
 * could not be read.
 */
export function cleanBefore({ decidedBy, findings }: Verdict, length: number): number {
  if (decidedBy?.kind === 'fail') return 0;
  if (decidedBy?.kind !== 'rule') return length;
  return Math.min(length, ...findings.flatMap((finding) => ('rule' in finding && finding.rule === decidedBy.rule ? finding.span[0] : [])));
}
