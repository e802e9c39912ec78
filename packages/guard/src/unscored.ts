import { type ErrorData, SIGNAL_NAMES, type Verdict } from '@portcullis/core';

/** The verdict on a text that nothing could look at: no score, and the decision that the policy fails with. */
export function unscored(reason: ErrorData, fail: 'closed' | 'open', latencyMs = 0): Verdict {
  const open = fail === 'open';
  return {
    decision: open ? 'allow' : 'block',
    score: null,
    confidence: 0,
    uncertainty: 1,
    signals: [],
    findings: [],
    reason: `${open ? 'Let through unchecked' : 'Held back'}: the guard could not check this text (${reason.message}).`,
    decidedBy: { kind: 'fail', field: 'policy.fail', limit: fail },
    degraded: { reason, missing: SIGNAL_NAMES, coverage: 0 },
    backend: 'none',
    latencyMs,
    bundle: 'none',
  };
}
