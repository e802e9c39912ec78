import type { ToolVerdict } from '@portcullis/core/tools';
import type { ToolCallRow } from './tool-call-rows.ts';

/** `evaluation.md` has one word for a person being asked, of calls as of texts. */
const DECISIONS = { allow: 'allow', confirm: 'warn', block: 'block' } as const;

/** A call's verdict as `scan --output` writes it. The tool itself stands under `unauthorized` with an empty path, where none of its arguments does. */
export function toolCallLine({ id }: ToolCallRow, verdict: ToolVerdict): object {
  const { score, degraded, latencyMs, tool } = verdict;
  const unasked = verdict.arguments.filter(({ words }) => words.length > 0);
  const told = unasked.length > 0 ? unasked : tool.words.length > 0 ? [tool] : [];
  return {
    id,
    score,
    decision: DECISIONS[verdict.decision],
    // How sure the decision is: of two outcomes, the one taken.
    confidence: score === null ? 0 : verdict.decision === 'allow' ? 1 - score : score,
    uncertainty: 0,
    signals: { verifier: score },
    findings: verdict.findings.map(({ kind, path, span, title, decision }) => ({ rule: kind, path, span, title, decision: DECISIONS[decision] })),
    unauthorized: told.map(({ path, span, score: own }) => ({ path, span, score: own })),
    ...(degraded && { degraded }),
    latency_ms: Math.round(latencyMs * 10) / 10,
  };
}
