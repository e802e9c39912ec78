import { PortcullisError, parsePolicy } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import { startProgress } from './progress.ts';
import type { LabelledCall } from './prompt-sets.ts';
import { HIDDEN, type Hidden, hiding, type MeasuredCall } from './tool-metrics.ts';
import { toolReport } from './tool-report.ts';

export interface ToolFlags {
  readonly bundle: string;
  readonly threads: number;
  /** Whether to measure once more with the context hidden, and with the tool's name. */
  readonly ablation?: boolean;
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
    for (const call of calls) {
      const verdict = await engine.checkToolCall(hiding(hidden, call), { explain: false });
      if (verdict.score === null) throw new PortcullisError('inference-failed', `${call.set} ${call.id}: ${verdict.degraded?.reason.message}`);
      measured.push({ set: call.set, label: call.label, unauthorized: call.unauthorized, verdict });
      progress.advance();
    }
  } finally {
    progress.end();
  }
  return measured;
}
