import { type SignalName, type Verdict, VOTERS } from '../verdict.ts';

/** The JSON of PromptForest's server, field for field. */
export interface PromptForestResult {
  readonly is_malicious: boolean;
  readonly confidence: number;
  readonly uncertainty: number;
  /** `null` where PromptForest would have a number and the models could not score: none is invented. */
  readonly malicious_score: number | null;
  /** The highest vote; `null` without one. */
  readonly max_risk_score: number | null;
  /** One entry a voter. */
  readonly details: Readonly<Partial<Record<SignalName, number>>>;
  readonly latency_ms: number;
}

/** The verdict for readers of PromptForest's JSON. What the policy blocks is malicious. What is no vote on malice is no risk. */
export function toPromptForest(verdict: Verdict): PromptForestResult {
  const votes = verdict.signals.filter(({ name }) => VOTERS.includes(name)).map(({ score }) => score);
  return {
    is_malicious: verdict.decision === 'block',
    confidence: verdict.confidence,
    uncertainty: verdict.uncertainty,
    malicious_score: verdict.score,
    max_risk_score: votes.length === 0 ? null : Math.max(...votes),
    details: Object.fromEntries(verdict.signals.map(({ name, score }) => [name, score])),
    latency_ms: verdict.latencyMs,
  };
}
