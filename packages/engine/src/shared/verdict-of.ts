import {
  type Degraded,
  errorData,
  type InForce,
  patternSignal,
  ruling,
  rulingDegraded,
  type Screened,
  SIGNAL_NAMES,
  type Thresholds,
  thresholdsOf,
  uncertaintyOf,
  type Verdict,
} from '@portcullis/core';
import type { Judged } from './judge.ts';
import { reasonFor } from './reason.ts';
import { telling } from './telling.ts';

/** A verdict without what only the engine knows. */
export type Ruled = Omit<Verdict, 'backend' | 'bundle' | 'latencyMs'>;

/** The verdict on a text that the policy leaves out: nobody looked at it, and it says so. */
export function spared(inForce: InForce, bundle: Thresholds): Ruled {
  const unseen = { score: null, confidence: 0, uncertainty: 1, signals: [], findings: [] };
  return { ...unseen, ...ruling(unseen, inForce, bundle), reason: 'Not checked: the policy leaves such texts out.' };
}

/** The verdict on a text that was screened, and judged by the models unless they failed. `bundle`: the bundle's own thresholds. */
export function verdictOf(screened: Screened, judged: Judged | { readonly failure: unknown }, inForce: InForce, bundle: Thresholds): Ruled {
  const failed = 'failure' in judged;
  const score = failed ? null : judged.score;
  const signals = failed ? [patternSignal(screened.findings)] : judged.signals;
  const thresholds = thresholdsOf(inForce.policy, bundle);
  const findings = failed ? screened.findings : telling(judged.findings, judged.score, thresholds);
  const degraded = degradedBy(
    screened,
    judged,
    SIGNAL_NAMES.filter((name) => !signals.some((signal) => signal.name === name)),
  );
  const { about, whole } = screened;
  const evidence = { score, findings: screened.findings, ...(about && { about }), ...(whole !== undefined && { allowed: whole }) };
  const complete = ruling(evidence, inForce, bundle);
  const { decision, decidedBy } = degraded ? rulingDegraded(complete, inForce.policy) : complete;
  return {
    decision,
    score,
    confidence: score === null ? 0 : score >= thresholds.block ? score : 1 - score,
    uncertainty: score === null ? 1 : uncertaintyOf(signals),
    signals,
    findings,
    reason: reasonFor(decision, findings, degraded),
    decidedBy,
    ...(!failed && judged.provenance.length > 1 && { variant: judged.provenance }),
    ...(screened.allowed.length > 0 && { allowed: screened.allowed }),
    ...(degraded && { degraded }),
  };
}

function degradedBy({ truncated }: Screened, judged: Judged | { readonly failure: unknown }, missing: Degraded['missing']): Degraded | undefined {
  if ('failure' in judged) return { reason: errorData(judged.failure, 'inference-failed'), missing, coverage: 0 };
  const { coverage } = judged;
  const incomplete = (message: string): Degraded => ({ reason: { code: 'input-invalid', message }, missing, coverage });
  if (coverage < 1) return incomplete(`the text is too long: the models saw ${Math.floor(coverage * 100)}% of it`);
  return truncated ? incomplete('more is encoded or hidden in the text than the policy lets be read') : undefined;
}
