import { PortcullisError, parsePolicy } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import { startProgress } from './progress.ts';
import type { PromptSet } from './prompt-sets.ts';
import { readRows } from './rows.ts';
import type { ToolCallRow } from './tool-call-rows.ts';
import { HIDDEN, type Hidden, hiding, type MeasuredCall } from './tool-metrics.ts';
import { toolReport } from './tool-report.ts';

interface LabelledCall {
  readonly set: string;
  readonly row: ToolCallRow;
  readonly label: 0 | 1;
}

export interface ToolFlags {
  readonly bundle: string;
  readonly threads: number;
  /** Whether to measure once more with the context hidden, and with the tool's name. */
  readonly ablation?: boolean;
}

/** The labelled tool calls of some sets. */
export async function labelledCalls(sets: readonly PromptSet[]): Promise<LabelledCall[]> {
  const calls: LabelledCall[] = [];
  for (const { name, file } of sets) {
    for await (const row of readRows(file)) if (row.kind === 'tool-call' && row.label !== undefined) calls.push({ set: name, row, label: row.label });
  }
  return calls;
}

/** Checks every call under the production policy, and tells the figures as Markdown. */
export async function evaluateTools(calls: readonly LabelledCall[], { bundle, threads, ablation }: ToolFlags): Promise<string> {
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  const runs = new Map<Hidden, MeasuredCall[]>();
  for (const hidden of HIDDEN) if (hidden === 'nothing' || ablation) runs.set(hidden, await measure(engine, calls, hidden));
  const whole = runs.get('nothing') ?? [];
  runs.delete('nothing');
  return toolReport(whole, runs);
}

/** @throws {PortcullisError} `inference-failed`, naming set and row, for a call that the verifier could not read. */
async function measure(engine: Engine, calls: readonly LabelledCall[], hidden: Hidden): Promise<MeasuredCall[]> {
  const progress = startProgress(hidden === 'nothing' ? 'calls' : `no ${hidden}`, calls.length);
  const measured: MeasuredCall[] = [];
  try {
    for (const { set, row, label } of calls) {
      const verdict = await engine.checkToolCall(hiding(hidden, row), { explain: false });
      if (verdict.score === null) throw new PortcullisError('inference-failed', `${set} ${row.id}: ${verdict.degraded?.reason.message}`);
      measured.push({ set, label, unauthorized: row.unauthorized, verdict });
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return measured;
}
