import type { Decision, Verdict } from '@portcullis/core';
import type { ConversationRow } from './conversation-rows.ts';
import type { ReadConversation } from './read-conversation.ts';

const GRAVITY: Readonly<Record<Decision, number>> = { allow: 0, warn: 1, block: 2 };

/** A conversation's verdict as `scan --output` writes it: that of its worst turn, with the risk and the decision after each user turn. */
export function conversationLine({ id }: ConversationRow, { turns, others }: ReadConversation): object {
  const verdicts: readonly Verdict[] = [...turns.map(({ verdict }) => verdict), ...others];
  const riskOf = ({ conversation, score }: Verdict): number | null => (conversation ? conversation.risk : score);
  const [worst] = verdicts.toSorted((a, b) => GRAVITY[b.decision] - GRAVITY[a.decision] || (riskOf(b) ?? -1) - (riskOf(a) ?? -1));
  if (worst === undefined) return { id, score: null, decision: 'allow', confidence: 0, uncertainty: 1, signals: {}, findings: [], turns: [], latency_ms: 0 };
  const { decision, confidence, uncertainty, findings } = worst;
  const degraded = verdicts.find((verdict) => verdict.degraded)?.degraded;
  const last = turns.at(-1)?.verdict.conversation;
  const { peak, accumulated, cumulative, trajectory } = last ?? {};
  return {
    id,
    score: riskOf(worst),
    decision,
    confidence,
    uncertainty,
    signals: { ...Object.fromEntries(worst.signals.map((signal) => [signal.name, signal.score])), peak, accumulated, cumulative, trajectory },
    findings,
    turns: turns.map(({ verdict }) => ({ score: verdict.conversation.risk, decision: verdict.decision })),
    ...(last?.caughtAt !== undefined && { caught_at: last.caughtAt }),
    ...(degraded && { degraded }),
    latency_ms: Math.round(verdicts.reduce((sum, { latencyMs }) => sum + latencyMs, 0) * 10) / 10,
  };
}
