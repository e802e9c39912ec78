import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Policy, PortcullisError, parsePolicy, type Role, type Verdict } from '@portcullis/core';
import { type Engine, type ScanContext, startNodeEngine } from '@portcullis/engine/node';
import { conversationLine } from './conversation-line.ts';
import { startProgress } from './progress.ts';
import { readConversation } from './read-conversation.ts';
import { type Row, readRows, type TextRow } from './rows.ts';
import { toolCallLine } from './tool-call-line.ts';

/** The modes of `docs/policy.md`. */
export const MODES = ['production', 'benchmark'] as const;
type PolicyMode = (typeof MODES)[number];

export interface ScanFlags {
  readonly input: string;
  readonly output: string;
  readonly bundle: string;
  readonly policy: string;
  /** Instead of the policy's own. */
  readonly mode?: PolicyMode;
  readonly threads: number;
  /** Who speaks in every row, whatever the rows' fields say. */
  readonly role?: Role;
  /** Whether the line of a text holds its windows' embeddings, too. */
  readonly embeddings?: boolean;
}

/** `portcullis scan`: a verdict a line, in the order of the rows. The rows are checked before the models load. */
export async function scanFile(flags: ScanFlags): Promise<void> {
  const policy = policyOf(flags);
  const rows: Row[] = [];
  for await (const row of readRows(flags.input)) rows.push(row);
  tellOutputs(rows, flags);
  const engine = await startNodeEngine(flags.bundle, policy, flags.threads);
  const progress = startProgress('scan', rows.length);
  const lines = Readable.from(verdictLines(engine, rows, policy, flags, () => progress.advance()));
  const file = createWriteStream(flags.output);
  await (flags.output.endsWith('.gz') ? pipeline(lines, createGzip(), file) : pipeline(lines, file)).finally(() => progress.end());
}

async function* verdictLines(engine: Engine, rows: readonly Row[], policy: Policy, flags: ScanFlags, onRow: () => void): AsyncGenerator<string> {
  for (const row of rows) {
    yield `${JSON.stringify(await lineOf(engine, row, policy, flags))}\n`;
    onRow();
  }
}

async function lineOf(engine: Engine, row: Row, policy: Policy, { role, embeddings }: ScanFlags): Promise<object> {
  if (row.kind === 'tool-call') return toolCallLine(row, await engine.checkToolCall(row.request, { explain: false }));
  if (row.kind === 'conversation') return conversationLine(row, await readConversation(engine, row.turns, policy, true));
  const verdict = line(row, await engine.scan(row.text, contextOf(row, role)));
  if (!embeddings) return verdict;
  return { ...verdict, embeddings: (await engine.embed(row.text)).map((window) => Array.from(window)) };
}

/** An output is scanned as an answer; so is what `--role assistant` says is one, against its system prompt where the row has it. */
function contextOf({ kind, systemPrompt }: TextRow, role: Role | undefined): ScanContext {
  const speaker = role ?? (kind === 'output' ? 'assistant' : 'user');
  return { role: speaker, ...(speaker === 'assistant' && systemPrompt !== undefined && { systemPrompt }) };
}

/** Says aloud what was told by fields alone: the rules for answers are others than those for prompts. */
function tellOutputs(rows: readonly Row[], { input, role }: ScanFlags): void {
  const outputs = rows.filter(({ kind }) => kind === 'output').length;
  if (role === undefined && outputs > 0) process.stderr.write(`${input}: ${outputs} of ${rows.length} rows are outputs, scanned as the assistant's\n`);
}

/** A verdict as `scan --output` writes it. */
function line({ id }: TextRow, verdict: Verdict): object {
  const { score, decision, confidence, uncertainty, findings, variant, degraded, latencyMs } = verdict;
  const signals = Object.fromEntries(verdict.signals.map((signal) => [signal.name, signal.score]));
  const latency_ms = Math.round(latencyMs * 10) / 10;
  return { id, score, decision, confidence, uncertainty, signals, findings, ...(variant && { variant }), ...(degraded && { degraded }), latency_ms };
}

/**
 * The policy that the flags name.
 * @throws {PortcullisError} `policy-invalid`
 */
export function policyOf({ policy, mode }: Pick<ScanFlags, 'policy' | 'mode'>): Policy {
  return { ...parsePolicy(readPolicy(policy)), ...(mode && { mode }) };
}

function readPolicy(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PortcullisError('policy-invalid', `--policy: no JSON: ${text}`);
  }
}
