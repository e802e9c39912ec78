import { PortcullisError } from '@portcullis/core';
import * as v from 'valibot';
import { type ConversationRow, conversationRow } from './conversation-rows.ts';
import { type JsonRow, jsonRows } from './json-rows.ts';
import { type ToolCallRow, toolCallRow } from './tool-call-rows.ts';

const span = v.object({ start: v.number(), end: v.number(), type: v.string() });
const rowSchema = v.object({
  id: v.union([v.string(), v.number()]),
  text: v.string(),
  label: v.optional(v.picklist([0, 1])),
  category: v.optional(v.string()),
  split: v.optional(v.string()),
  lang: v.nullish(v.string()),
  system_prompt: v.nullish(v.string()),
  spans: v.optional(v.array(span)),
});
type Parsed = v.InferOutput<typeof rowSchema>;

/** A labelled stretch of an output's text, in UTF-16 code units: `[start, end)`. */
export type LabelledSpan = v.InferOutput<typeof span>;

interface AnyRow {
  readonly id: string | number;
  readonly text: string;
  readonly label?: 0 | 1;
  readonly category?: string;
  /** The system prompt that the text was written to, or answers under. */
  readonly systemPrompt?: string;
}

/** A row of `evaluation.md`'s prompt format. */
export interface PromptRow extends AnyRow {
  readonly kind: 'prompt';
  readonly split?: string;
}

/** A row of its output format: what a model said. */
export interface OutputRow extends AnyRow {
  readonly kind: 'output';
  readonly spans: readonly LabelledSpan[];
}

export type TextRow = PromptRow | OutputRow;
export type Row = TextRow | ToolCallRow | ConversationRow;

/** What `evaluation.md` sorts prompts by. */
const PROMPT_CATEGORIES = /benign|negative|injection|jailbreak|extraction|request/;

/**
 * Reads rows, line by line, gzipped or not.
 * A row with `turns` is a conversation, one with `tool_call` a tool call. Another is an output if it has `spans`, or a category that no prompt has and neither `lang` nor `system_prompt`, which prompts have.
 * @throws {PortcullisError} `input-invalid`, naming file, line and field.
 */
export async function* readRows(file: string): AsyncGenerator<Row> {
  for await (const row of jsonRows(file)) yield parseRow(row);
}

function parseRow({ json, place }: JsonRow): Row {
  if (typeof json === 'object' && json !== null && 'turns' in json) return conversationRow({ json, place });
  if (typeof json === 'object' && json !== null && 'tool_call' in json) return toolCallRow({ json, place });
  const parsed = v.safeParse(rowSchema, json);
  if (parsed.success) return rowOf(parsed.output);
  const issue = parsed.issues[0];
  throw new PortcullisError('input-invalid', `${place}: ${v.getDotPath(issue) ?? 'row'}: ${issue.message}`);
}

function rowOf({ id, text, label, category, split, lang, system_prompt, spans }: Parsed): TextRow {
  const systemPrompt = system_prompt ?? undefined;
  const row = {
    id,
    text,
    ...(label !== undefined && { label }),
    ...(category !== undefined && { category }),
    ...(systemPrompt !== undefined && { systemPrompt }),
  };
  const speaks = category === undefined || PROMPT_CATEGORIES.test(category) || lang !== undefined || system_prompt !== undefined;
  const output = spans !== undefined || !speaks;
  return output ? { kind: 'output', ...row, spans: spans ?? [] } : { kind: 'prompt', ...row, ...(split !== undefined && { split }) };
}
