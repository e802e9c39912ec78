import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortcullisError, parsePolicy } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import type { Measured } from './metrics.ts';
import { startProgress } from './progress.ts';
import { report } from './report.ts';
import { type PromptRow, readRows } from './rows.ts';

export interface EvaluateFlags {
  readonly data: string;
  readonly card?: string;
  readonly bundle: string;
  readonly only?: readonly string[];
  readonly threads: number;
}

const START = '<!-- eval:start -->';
const END = '<!-- eval:end -->';

/** `portcullis eval`: prints the figures, and writes them into the model card when asked. */
export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const engine = await startNodeEngine(flags.bundle, parsePolicy(), flags.threads);
  const files = (await readdir(flags.data)).filter((file) => /\.jsonl(\.gz)?$/.test(file)).sort();
  const measured: Measured[] = [];
  for (const file of files) {
    const set = file.replace(/\.jsonl(\.gz)?$/, '');
    if (flags.only && !flags.only.includes(set)) continue;
    measured.push(...(await measure(engine, set, join(flags.data, file))));
  }
  if (measured.length === 0) throw new PortcullisError('input-invalid', `${flags.data}: no prompt rows found`);
  const text = report(measured, engine.thresholds.block);
  process.stdout.write(`${text}\n`);
  if (flags.card) await writeCard(flags.card, text);
}

type Labelled = PromptRow & { readonly label: 0 | 1 };

/** A plain harmful request carries label 1 and attacks nothing. */
function counts(row: PromptRow): row is Labelled {
  return row.label !== undefined && row.category !== 'harmful_request';
}

async function measure(engine: Engine, set: string, file: string): Promise<Measured[]> {
  const rows: Labelled[] = [];
  for await (const row of readRows(file)) if (counts(row)) rows.push(row);
  const progress = startProgress(set, rows.length);
  const measured: Measured[] = [];
  try {
    for (const row of rows) {
      const { score, decision, degraded } = await engine.scan(row.text);
      progress.advance();
      if (score === null) throw new PortcullisError('inference-failed', `${row.id}: ${degraded?.reason.message}`);
      // Only deepset's test split was never trained on; its training rows are shown apart.
      const name = set === 'deepset' ? `deepset ${row.split ?? 'all'}` : set;
      measured.push({ set: name, label: row.label, score, blocked: decision === 'block' });
    }
  } finally {
    progress.end();
  }
  return measured;
}

async function writeCard(card: string, text: string): Promise<void> {
  const before = await readFile(card, 'utf8');
  const [head, tail] = [before.indexOf(START), before.indexOf(END)];
  if (head < 0 || tail < head) throw new PortcullisError('input-invalid', `${card}: the markers ${START} and ${END} are not there`);
  await writeFile(card, `${before.slice(0, head + START.length)}\n${text}\n${before.slice(tail)}`);
}
