import { PortcullisError } from '@portcullis/core';
import type { ToolDefinition } from '@portcullis/core/tools';
import type { Guard } from '../guard.ts';
import { type Confirm, checkedCall, denialOf, type TextSource, textOf } from '../tools/checked-call.ts';
import { type AiMessage, contextOf, intentOf } from './ai-sdk-messages.ts';

/** A tool of the AI SDK, as far as it is looked at. */
interface AiTool {
  readonly description?: unknown;
  readonly inputSchema?: unknown;
  readonly execute?: ((input: never, options: never) => unknown) | undefined;
}

/** What of the options of `execute` is read. */
interface ExecuteOptions {
  readonly messages: readonly AiMessage[];
  readonly abortSignal?: AbortSignal;
}

export interface GuardToolsOptions {
  readonly confirm?: Confirm;
  /** What the model has read besides the results of tools: retrieved documents, files. */
  readonly context?: TextSource;
}

/**
 * The tools of a tool set of the AI SDK 7 that this page executes, each behind the guard. The person's words and the results of earlier tools are
 * taken from the messages that `execute` is given. A denied call throws `PortcullisError` `tool-denied`, which the SDK makes a tool error of.
 * Where `execute` yields results, its last one is given.
 */
export function guardTools<Tools extends Readonly<Record<string, AiTool>>>(
  guard: Pick<Guard, 'checkToolCall'>,
  tools: Tools,
  { confirm, context: further = '' }: GuardToolsOptions = {},
): Tools {
  const guarded = ([name, tool]: [string, AiTool]): [string, AiTool] => {
    if (tool.execute === undefined) return [name, tool];
    const run = tool.execute.bind(tool) as (input: unknown, options: ExecuteOptions) => unknown;
    const execute = async (input: unknown, options: ExecuteOptions): Promise<unknown> => {
      const context = [contextOf(options.messages), textOf(further)].join('\n\n').trim();
      const request = { intent: intentOf(options.messages), call: { name, arguments: input }, tool: await definitionOf(name, tool), context };
      const outcome = await checkedCall(guard, request, confirm, (checked) => lastOf(run(checked, options)), options.abortSignal);
      if (!outcome.executed) throw new PortcullisError('tool-denied', denialOf(outcome));
      return outcome.value;
    };
    return [name, { ...tool, execute }];
  };
  return Object.fromEntries(Object.entries(tools).map(guarded)) as Tools;
}

async function lastOf(result: unknown): Promise<unknown> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return result;
  let last: unknown;
  for await (const value of result as AsyncIterable<unknown>) last = value;
  return last;
}

async function definitionOf(name: string, { description, inputSchema }: AiTool): Promise<ToolDefinition> {
  const parameters = await jsonSchemaOf(inputSchema);
  return { name, ...(typeof description === 'string' && { description }), ...(parameters !== undefined && { parameters }) };
}

interface StandardSchema {
  readonly '~standard': { readonly jsonSchema?: { input(options: { target: string }): unknown } };
}

/** What `jsonSchema()` holds, or what a schema library (Standard JSON Schema: Zod 4.2, Valibot, ArkType) writes; none where it cannot. */
async function jsonSchemaOf(schema: unknown): Promise<unknown> {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) return undefined;
  try {
    if ('jsonSchema' in schema) return await schema.jsonSchema;
    return (schema as Partial<StandardSchema>)['~standard']?.jsonSchema?.input({ target: 'draft-2020-12' });
  } catch {
    // Some types have no JSON Schema: then the arguments are not checked against one.
    return undefined;
  }
}
