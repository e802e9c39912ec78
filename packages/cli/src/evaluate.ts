import { PortcullisError, parsePolicy } from '@portcullis/core';
import { startNodeEngine } from '@portcullis/engine/node';
import { writeCard } from './card.ts';
import type { Measured } from './metrics.ts';
import { startProgress } from './progress.ts';
import { type LabelledRow, labelledRows, type PromptSet, promptSets } from './prompt-sets.ts';
import { report } from './report.ts';
import { rulesAlone } from './rules-alone.ts';
import { scored } from './scored.ts';

export interface EvaluateFlags {
  readonly data: string;
  readonly card?: string;
  readonly bundle: string;
  readonly only?: readonly string[];
  readonly threads: number;
  /** Without the models: what the rules alone flag. */
  readonly rules?: boolean;
}

/** What is measured: a text's score, and whether it is held. */
type Judge = (row: LabelledRow) => Promise<{ readonly score: number; readonly blocked: boolean }>;

/** `portcullis eval`: prints the figures, and writes them into the model card when asked. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const { judge, headline } = await (flags.rules ? rulesJudge() : engineJudge(flags));
  const measured: Measured[] = [];
  for (const set of await promptSets(flags.data)) {
    if (!flags.only || flags.only.includes(set.name)) measured.push(...(await measure(judge, set)));
  }
  if (measured.length === 0) throw new PortcullisError('input-invalid', `${flags.data}: no prompt rows found`);
  const text = report(measured, headline, !flags.rules);
  process.stdout.write(`${text}\n`);
  if (flags.card) await writeCard(flags.card, flags.rules ? 'rules' : 'eval', text);
}

async function engineJudge({ bundle, threads }: EvaluateFlags): Promise<{ judge: Judge; headline: string }> {
  const engine = await startNodeEngine(bundle, parsePolicy(), threads);
  const judge: Judge = async (row) => {
    const { score, decision } = await scored(engine, row);
    return { score, blocked: decision === 'block' };
  };
  return { judge, headline: `Global threshold ${engine.thresholds.block.toFixed(4)}, chosen on held-out training rows.` };
}

async function rulesJudge(): Promise<{ judge: Judge; headline: string }> {
  const flag = rulesAlone();
  return { judge: async ({ text }) => flag(text), headline: 'The rules alone, no model: held is what has a finding of medium severity or more.' };
}

async function measure(judge: Judge, promptSet: PromptSet): Promise<Measured[]> {
  const rows = await labelledRows(promptSet);
  const progress = startProgress(promptSet.name, rows.length);
  const measured: Measured[] = [];
  try {
    for (const row of rows) {
      const { score, blocked } = await judge(row);
      progress.advance();
      measured.push({ set: row.set, label: row.label, score, blocked });
    }
  } finally {
    progress.end();
  }
  return measured;
}
