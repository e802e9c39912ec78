import { inGrayZone, type JudgeNote, type Policy, type Role, type Verdict } from '@portcullis/core';

/** A verdict, and what a judge needs to know of it. */
export interface JudgeRequest {
  readonly text: string;
  readonly verdict: Verdict;
  readonly policy: Policy;
  readonly role: Role | undefined;
  readonly signal: AbortSignal;
}

/** Gives the verdict, judged if it lies in the gray zone. Throws nothing but the signal's reason: a judge that fails leaves the verdict as it was. */
export type Judge = (request: JudgeRequest) => Promise<Verdict>;

/**
 * Whether a verdict leaves room for an opinion: a warning, a score in the policy's gray zone, or voters that disagree. What a rule blocks, and what was not
 * scored in full, or was allowed whatever the score, leaves none; nor does what a conversation blocks, of which a judge would see the last turn only.
 * @param mostUncertainty Uncertainty in [0, 1] from which on a judge is asked.
 */
export function isGray({ decision, score, uncertainty, decidedBy, degraded }: Verdict, policy: Policy, mostUncertainty: number): boolean {
  if (score === null || degraded !== undefined) return false;
  if (decidedBy?.kind === 'off' || decidedBy?.kind === 'allowed' || decidedBy?.kind === 'fail') return false;
  if (decision === 'block' && (decidedBy?.kind === 'rule' || decidedBy?.kind === 'conversation')) return false;
  return decision === 'warn' || inGrayZone(score, policy) || uncertainty >= mostUncertainty;
}

/**
 * The verdict after an opinion. An attack is blocked. What is benign goes down one step, from block to warn or from warn to allow, and only where a score in
 * the gray zone alone had decided: what rules, the benign guard and the conversation said stands.
 */
export function judged(verdict: Verdict, note: JudgeNote, policy: Policy): Verdict {
  const noted = { ...verdict, judge: note };
  if ('failed' in note) return noted;
  const { decision, score, decidedBy } = verdict;
  const decided = { kind: 'judge', field: 'policy.gray', by: note.by, was: decision } as const;
  if (note.opinion === 'attack') {
    if (decision === 'block') return noted;
    return { ...noted, decision: 'block', reason: 'Held back: a judge takes it for an attack.', decidedBy: decided };
  }
  if (decision === 'allow' || decidedBy?.kind !== 'score' || score === null || !inGrayZone(score, policy)) return noted;
  if (decision === 'block') return { ...noted, decision: 'warn', reason: 'Looks suspicious, but a judge takes it for harmless.', decidedBy: decided };
  return { ...noted, decision: 'allow', reason: 'Looked suspicious, but a judge takes it for harmless.', decidedBy: decided };
}
