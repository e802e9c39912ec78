import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { PortcullisError, parsePolicy, type Verdict } from '@portcullis/core';
import { type Engine, startNodeEngine } from '@portcullis/engine/node';
import { startProgress } from './progress.ts';
import { type PromptRow, readRows } from './rows.ts';

export interface ScanFlags {
  readonly input: string;
  readonly output: string;
  readonly bundle: string;
  readonly policy: string;
  readonly threads: number;
}

/** `portcullis scan`: a verdict a line, in the order of the rows. The rows are checked before the models load. */
export async function scanFile(flags: ScanFlags): Promise<void> {
  const policy = parsePolicy(readPolicy(flags.policy));
  const rows: PromptRow[] = [];
  for await (const row of readRows(flags.input)) rows.push(row);
  const engine = await startNodeEngine(flags.bundle, policy, flags.threads);
  const progress = startProgress('scan', rows.length);
  const lines = Readable.from(verdictLines(engine, rows, () => progress.advance()));
  const file = createWriteStream(flags.output);
  await (flags.output.endsWith('.gz') ? pipeline(lines, createGzip(), file) : pipeline(lines, file)).finally(() => progress.end());
}

async function* verdictLines(engine: Engine, rows: readonly PromptRow[], onRow: () => void): AsyncGenerator<string> {
  for (const row of rows) {
    yield `${JSON.stringify(line(row, await engine.scan(row.text)))}\n`;
    onRow();
  }
}

/** A verdict as `scan --output` writes it. */
function line({ id }: PromptRow, verdict: Verdict): object {
  const { score, decision, confidence, uncertainty, findings, variant, degraded, latencyMs } = verdict;
  const signals = Object.fromEntries(verdict.signals.map((signal) => [signal.name, signal.score]));
  const latency_ms = Math.round(latencyMs * 10) / 10;
  return { id, score, decision, confidence, uncertainty, signals, findings, ...(variant && { variant }), ...(degraded && { degraded }), latency_ms };
}

function readPolicy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PortcullisError('policy-invalid', `--policy: no JSON: ${text}`);
  }
}
