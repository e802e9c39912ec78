import { PortcullisError, parsePolicy } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import { writeCard } from './card.ts';
import type { Measured } from './metrics.ts';
import { startProgress } from './progress.ts';
import { labelledRows, type PromptSet, promptSets } from './prompt-sets.ts';
import { report } from './report.ts';
import { scored } from './scored.ts';

export interface EvaluateFlags {
  readonly data: string;
  readonly card?: string;
  readonly bundle: string;
  readonly only?: readonly string[];
  readonly threads: number;
}

/** `portcullis eval`: prints the figures, and writes them into the model card when asked. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const engine = await startNodeEngine(flags.bundle, parsePolicy(), flags.threads);
  const measured: Measured[] = [];
  for (const set of await promptSets(flags.data)) {
    if (!flags.only || flags.only.includes(set.name)) measured.push(...(await measure(engine, set)));
  }
  if (measured.length === 0) throw new PortcullisError('input-invalid', `${flags.data}: no prompt rows found`);
  const text = report(measured, engine.thresholds.block);
  process.stdout.write(`${text}\n`);
  if (flags.card) await writeCard(flags.card, 'eval', text);
}

async function measure(engine: Engine, promptSet: PromptSet): Promise<Measured[]> {
  const rows = await labelledRows(promptSet);
  const progress = startProgress(promptSet.name, rows.length);
  const measured: Measured[] = [];
  try {
    for (const row of rows) {
      const { score, decision } = await scored(engine, row);
      progress.advance();
      measured.push({ set: row.set, label: row.label, score, blocked: decision === 'block' });
    }
  } finally {
    progress.end();
  }
  return measured;
}
