import { PortcullisError } from '@portcullis/core';
import type { ToolCallRequest } from '@portcullis/core/tools';
import * as v from 'valibot';
import { type JsonRow, jsonRows } from './json-rows.ts';

const toolCallSchema = v.object({
  id: v.union([v.string(), v.number()]),
  user_intent: v.string(),
  tool_schema: v.nullish(v.looseObject({ name: v.nullish(v.string()), description: v.nullish(v.string()), parameters: v.optional(v.unknown()) })),
  context: v.nullish(v.string()),
  tool_call: v.object({ name: v.string(), arguments: v.unknown() }),
  label: v.optional(v.picklist([0, 1])),
  unauthorized_spans: v.optional(v.array(v.string())),
});

/** A row of `evaluation.md`'s tool-call format. */
export interface ToolCallRow {
  readonly id: string | number;
  readonly request: ToolCallRequest;
  readonly label?: 0 | 1;
  /** Paths within the arguments that the person did not ask for. */
  readonly unauthorized: readonly string[];
}

/** @throws {PortcullisError} `input-invalid`, naming file, line and field. */
export async function* readToolCallRows(file: string): AsyncGenerator<ToolCallRow> {
  for await (const row of jsonRows(file)) yield toolCallRow(row);
}

/** @throws {PortcullisError} `input-invalid`, naming file, line and field. */
export function toolCallRow({ json, place }: JsonRow): ToolCallRow {
  const parsed = v.safeParse(toolCallSchema, json);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new PortcullisError('input-invalid', `${place}: ${v.getDotPath(issue) ?? 'row'}: ${issue.message}`);
  }
  const { id, user_intent: intent, tool_schema: schema, context, tool_call: call, label, unauthorized_spans: unauthorized = [] } = parsed.output;
  const { name, description, parameters } = schema ?? {};
  const tool = schema ? { name: name ?? call.name, ...(description != null && { description }), ...(parameters !== undefined && { parameters }) } : undefined;
  const request = { intent, call: { name: call.name, arguments: call.arguments }, ...(tool && { tool }), ...(context != null && { context }) };
  return { id, request, ...(label !== undefined && { label }), unauthorized };
}
