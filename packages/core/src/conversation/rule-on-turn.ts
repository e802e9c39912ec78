import { rulingDegraded } from '../policy/decide.ts';
import { type InForce, policyFor } from '../policy/in-force.ts';
import type { Policy } from '../policy/schema.ts';
import { type Thresholds, thresholdsOf } from '../policy/thresholds.ts';
import type { ConversationReading, Decision, Degraded, Verdict } from '../verdict.ts';
import { accumulated } from './accumulate.ts';
import type { UserTurn } from './turn.ts';

/** What was found out about a turn. */
export interface TurnEvidence<Alone extends Ruled = Ruled> {
  /** The turn by itself. */
  readonly alone: Alone;
  /** The last turns and this one as one text, where there are any to join. */
  readonly cumulative?: Ruled;
  /** What the model of whole conversations says, with the thresholds that were chosen for it. */
  readonly trajectory?: { readonly probability: number; readonly thresholds: Thresholds };
  /** Why a part of this could not be had. */
  readonly failure?: Degraded['reason'];
}

/** Where a turn stands in its conversation. */
export interface TurnPlace {
  /** Among the user's turns, from 1. */
  readonly number: number;
  readonly caughtAt?: number;
  /** The app's own name for where it comes from. */
  readonly source?: string;
  /** The user's turns in the window before it, oldest first. */
  readonly earlier: readonly UserTurn[];
}

/** A verdict on a turn in its conversation. */
export type ConversationVerdict = Verdict & { readonly conversation: ConversationReading };

type Ruled = Pick<Verdict, 'decision' | 'decidedBy' | 'score' | 'confidence' | 'reason' | 'degraded'>;

const GRAVITY: Readonly<Record<Decision, number>> = { allow: 0, warn: 1, block: 2 };
const LEADS: Readonly<Record<Decision, string>> = { allow: '', warn: 'Looks suspicious', block: 'Held back' };
/** The strongest feature, in words. */
const SPEAKS = {
  accumulated: 'suspicious turns add up',
  cumulative: 'together with what was said before, it reads like an attack',
  trajectory: 'the conversation goes the way that attacks go',
} as const;

/** Scores of a conversation's risk from which a person is asked, and from which a turn is blocked: those of a user's text where the policy sets no others. */
export function conversationThresholds(policy: Policy, bundle: Thresholds, source?: string): Thresholds {
  const ofUser = thresholdsOf(inForceFor(policy, source).policy, bundle);
  const block = policy.conversation.block ?? ofUser.block;
  return { block, warn: Math.min(policy.conversation.warn ?? ofUser.warn, block) };
}

const inForceFor = (policy: Policy, source: string | undefined): InForce => policyFor(policy, { role: 'user', ...(source !== undefined && { source }) });

/** Earlier turns that count with the new one. What a person was asked about and sent all the same is settled: it is held against no later turn. */
export const unsettled = (earlier: readonly UserTurn[]): readonly UserTurn[] => earlier.filter(({ decision }) => decision === 'allow');

/** A score on the scale whose thresholds are `to`: linear from 0 over the two thresholds to 1. */
export function aligned(score: number, from: Thresholds, to: Thresholds): number {
  if (from.warn === to.warn && from.block === to.block) return score;
  const between = (low: number, high: number, start: number, end: number): number =>
    high > low ? start + ((score - low) / (high - low)) * (end - start) : end;
  if (score >= from.block) return between(from.block, 1, to.block, 1);
  if (score >= from.warn) return between(from.warn, from.block, to.warn, to.block);
  return between(0, from.warn, 0, to.warn);
}

/** What a turn comes to by each way to read it with those before it; a way that could not be gone is left out. */
type Features = Partial<Record<keyof typeof SPEAKS, number>>;

function featuresOf({ alone: { score }, cumulative, trajectory }: TurnEvidence, earlier: readonly UserTurn[], policy: Policy, bundle: Thresholds): Features {
  const before = unsettled(earlier).flatMap((turn) => turn.score ?? []);
  return {
    ...(score !== null && { accumulated: accumulated(score, before, policy.gray[0]) }),
    ...(cumulative?.score != null && { cumulative: cumulative.score }),
    ...(trajectory && { trajectory: aligned(trajectory.probability, trajectory.thresholds, bundle) }),
  };
}

/** The gravest that a feature calls for, and which one does; the strongest of those that agree. */
function gravest({ alone, cumulative }: TurnEvidence, features: Features, limits: Thresholds): { readonly decision: Decision; readonly by: keyof Features } {
  const ruled = (by: keyof Features, score: number): Decision => {
    // The text as one has a decision of its own: rules, the allow-list and the benign guard speak in it.
    if (by === 'cumulative') return cumulative?.decision ?? 'allow';
    // What no earlier turn adds to was decided on already.
    if (by === 'accumulated' && score === alone.score) return 'allow';
    return score >= limits.block ? 'block' : score >= limits.warn ? 'warn' : 'allow';
  };
  const [first] = (Object.entries(features) as [keyof Features, number][])
    .map(([by, score]) => ({ by, score, decision: ruled(by, score) }))
    .toSorted((a, b) => GRAVITY[b.decision] - GRAVITY[a.decision] || b.score - a.score);
  return first ?? { decision: 'allow', by: 'accumulated' };
}

/**
 * Rules on a turn in its conversation. The risk is the highest of three: the turn with what earlier ones add to it, the last turns read as one
 * text, and the trajectory, on the scale of the bundle's thresholds. The conversation only ever makes a decision graver.
 * @param bundle The bundle's thresholds for texts.
 */
export function ruleOnTurn<Alone extends Ruled>(
  evidence: TurnEvidence<Alone>,
  { number, caughtAt, earlier, source }: TurnPlace,
  policy: Policy,
  bundle: Thresholds,
): Alone & { readonly conversation: ConversationReading } {
  const { alone, failure } = evidence;
  const features = featuresOf(evidence, earlier, policy, bundle);
  const risk = maxOf(Object.values(features));
  const limits = conversationThresholds(policy, bundle, source);
  const { decision, by } = gravest(evidence, features, limits);
  const exempt = alone.decidedBy?.kind === 'off' || alone.decidedBy?.kind === 'allowed';
  const raised = !exempt &&
    GRAVITY[decision] > GRAVITY[alone.decision] && {
      decision,
      decidedBy: {
        kind: 'conversation',
        by,
        score: features[by] ?? 0,
        field: fieldOf(decision, policy, source),
        limit: limits[decision === 'block' ? 'block' : 'warn'],
      } as const,
      confidence: risk !== null && risk >= limits.block ? risk : 1 - (risk ?? 1),
      reason: `${LEADS[decision]}: ${SPEAKS[by]}.`,
    };
  const caught = caughtAt ?? (raised || alone.decision !== 'allow' ? number : undefined);
  const conversation: ConversationReading = {
    turn: number,
    turns: earlier.length + 1,
    peak: maxOf([...earlier, alone].flatMap(({ score }) => score ?? [])),
    ...features,
    risk,
    ...(caught !== undefined && { caughtAt: caught }),
  };
  return incomplete({ ...alone, ...raised, conversation }, failure, policy);
}

const maxOf = (scores: readonly number[]): number | null => (scores.length === 0 ? null : Math.max(...scores));

/** The field that the threshold of a decision comes from. */
function fieldOf(decision: Decision, policy: Policy, source: string | undefined): string {
  const band = decision === 'block' ? 'block' : 'warn';
  if (policy.conversation[band] !== undefined) return `policy.conversation.${band}`;
  const inForce = inForceFor(policy, source);
  if (inForce.policy[band] !== undefined) return inForce.paths[band];
  return band === 'block' && policy.mode === 'benchmark' ? 'policy.mode' : `bundle.thresholds.${band}`;
}

/** A part that failed makes the verdict incomplete, unless it was already. */
function incomplete<V extends Ruled>(verdict: V, failure: Degraded['reason'] | undefined, policy: Policy): V {
  if (failure === undefined || verdict.degraded !== undefined) return verdict;
  const { decision, decidedBy = { kind: 'none' } } = verdict;
  const ruling = rulingDegraded({ decision, decidedBy }, policy);
  const changed = ruling.decision !== decision;
  return {
    ...verdict,
    ...ruling,
    ...(changed && { reason: `Held back: ${failure.message}.` }),
    degraded: { reason: failure, missing: [], coverage: 1 },
  };
}
