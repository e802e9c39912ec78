import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationRow } from './conversation-rows.ts';
import { type OutputRow, type PromptRow, readRows } from './rows.ts';
import type { ToolCallRow } from './tool-call-rows.ts';

/** A row that counts in measurements, with the set that it counts for. */
export interface LabelledRow {
  readonly id: string | number;
  readonly set: string;
  readonly text: string;
  readonly label: 0 | 1;
}

/** An output row that counts in measurements, with the set that it counts for. */
export type LabelledOutput = OutputRow & { readonly set: string; readonly label: 0 | 1 };

/** A tool call that counts in measurements, with the set that it counts for. */
export type LabelledCall = ToolCallRow & { readonly set: string; readonly label: 0 | 1 };

/** A conversation that counts in measurements, with the set that it counts for. */
export type LabelledConversation = ConversationRow & { readonly set: string; readonly label: 0 | 1 };

/** The rows of a set that count, by their kind. */
export interface LabelledSet {
  readonly prompts: readonly LabelledRow[];
  readonly outputs: readonly LabelledOutput[];
  readonly calls: readonly LabelledCall[];
  readonly conversations: readonly LabelledConversation[];
}

/** A file of rows and the name that it goes by. */
export interface PromptSet {
  readonly name: string;
  readonly file: string;
}

/** Trained on, hence no measure of anything. */
const SEEN = new Set(['deepset train']);

export const trainedOn = (set: string): boolean => SEEN.has(set);

/** The sets of a folder, NAME.jsonl or NAME.jsonl.gz each, by name. */
export async function promptSets(folder: string): Promise<PromptSet[]> {
  const files = (await readdir(folder)).filter((file) => /\.jsonl(\.gz)?$/.test(file)).sort();
  return files.map((file) => ({ name: file.replace(/\.jsonl(\.gz)?$/, ''), file: join(folder, file) }));
}

/** Reads the rows of a set that count: with a label, and no plain harmful request, which carries label 1 and attacks nothing. */
export async function labelledSet({ name, file }: PromptSet): Promise<LabelledSet> {
  const prompts: LabelledRow[] = [];
  const outputs: LabelledOutput[] = [];
  const calls: LabelledCall[] = [];
  const conversations: LabelledConversation[] = [];
  for await (const row of readRows(file)) {
    const { id, label } = row;
    if (label === undefined) continue;
    if (row.kind === 'tool-call') calls.push({ ...row, set: name, label });
    else if (row.kind === 'conversation') conversations.push({ ...row, set: name, label });
    else if (row.kind === 'output') outputs.push({ ...row, set: name, label });
    else if (row.category !== 'harmful_request') prompts.push({ id, set: setOf(name, row), text: row.text, label });
  }
  return { prompts, outputs, calls, conversations };
}

/** The prompt rows of a set that count. */
export async function labelledRows(set: PromptSet): Promise<readonly LabelledRow[]> {
  return (await labelledSet(set)).prompts;
}

// Only deepset's test split was never trained on; its training rows are kept apart.
const setOf = (name: string, { split }: PromptRow): string => (name === 'deepset' ? `deepset ${split ?? 'all'}` : name);
