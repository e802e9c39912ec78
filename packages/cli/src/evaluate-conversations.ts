import { PortcullisError, parsePolicy, type Thresholds } from '@portcullis/core';
import { conversationThresholds } from '@portcullis/core/conversation';
import { type Engine, startNodeEngine, type TurnScan } from '@portcullis/engine/node';
import type { MeasuredConversation, Reading } from './conversation-metrics.ts';
import { conversationReport } from './conversation-report.ts';
import type { ToolFlags } from './evaluate-tools.ts';
import { startProgress } from './progress.ts';
import type { LabelledConversation } from './prompt-sets.ts';
import { readConversation } from './read-conversation.ts';

/** Reads every conversation under the production policy, and tells the figures as Markdown. */
export async function evaluateConversations(rows: readonly LabelledConversation[], { bundle, threads, ablation = false }: ToolFlags): Promise<string> {
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  const progress = startProgress('conversations', rows.length);
  const measured: MeasuredConversation[] = [];
  try {
    for (const row of rows) {
      measured.push(await measure(engine, row));
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return conversationReport(measured, ablation);
}

async function measure(engine: Engine, row: LabelledConversation): Promise<MeasuredConversation> {
  const policy = parsePolicy();
  const { block } = conversationThresholds(policy, engine.thresholds);
  const { window } = policy.conversation;
  const { turns } = await readConversation(engine, row.turns, policy);
  const texts = row.turns.flatMap(({ role, text }) => (role === 'user' ? [text] : []));
  const verdicts = turns.map(({ verdict }) => verdict);
  const lost = verdicts.find(({ score }) => score === null);
  if (lost) throw new PortcullisError('inference-failed', `${row.set} ${row.id}: ${lost.degraded?.reason.message}`);
  const reached = (...scores: readonly (number | undefined)[]): boolean => scores.some((score) => score !== undefined && score >= block);
  const alone = ({ decision, decidedBy }: TurnScan['verdict']): boolean => decision === 'block' && decidedBy?.kind !== 'conversation';
  const cumulative: boolean[] = [];
  let passing = true;
  for (const [index, verdict] of verdicts.entries()) {
    const score = verdict.conversation.cumulative;
    // A page leaves out what was held. As a way to read by itself, all that was said counts.
    const asOne =
      index === 0
        ? alone(verdict)
        : passing && score !== undefined
          ? reached(score)
          : await isBlocked(engine, texts.slice(Math.max(0, index + 1 - window), index + 1), engine.cumulative);
    cumulative.push(asOne);
    passing &&= verdict.decision === 'allow';
  }
  const all = row.turns.map(({ text }) => text);
  const hasTrajectory = verdicts.some(({ conversation }) => conversation.trajectory !== undefined);
  const caught: Record<Reading, readonly boolean[] | undefined> = {
    alone: verdicts.map(alone),
    cumulative,
    transcript: [await isBlocked(engine, all)],
    trajectory: hasTrajectory ? verdicts.map(({ conversation }) => reached(conversation.trajectory)) : undefined,
    without: verdicts.map((verdict) => alone(verdict) || reached(verdict.conversation.accumulated, verdict.conversation.cumulative)),
    joined: verdicts.map(({ decision }) => decision === 'block'),
    held: verdicts.map(({ decision }) => decision !== 'allow'),
  };
  const given = Object.fromEntries(Object.entries(caught).filter(([, turns]) => turns !== undefined));
  return { set: row.set, label: row.label, caught: given, ...(row.anchor && { anchor: row.anchor }) };
}

async function isBlocked(engine: Engine, texts: readonly string[], thresholds?: Thresholds): Promise<boolean> {
  return (await engine.scan(texts.join('\n'), thresholds && { policy: parsePolicy(thresholds) })).decision === 'block';
}
