import type { ToolDefinition } from '@portcullis/core/tools';
import type { Guard } from '../guard.ts';
import { type Confirm, checkedCall, type TextSource, type ToolOutcome, textOf } from '../tools/checked-call.ts';

/** What a tool's calls are judged by, and who is asked. */
export interface GuardedToolOptions {
  /** The person's words: see `ToolCallRequest.intent`. */
  readonly intent: TextSource;
  /** What the agent has read: see `ToolCallRequest.context`. */
  readonly context?: TextSource;
  readonly confirm?: Confirm;
}

/**
 * A tool that is executed only with what the guard, or the person, allowed. The arguments are what JSON keeps of those given.
 * @param execute does the work; the calls that reach it are checked.
 */
export function guardedTool<Input extends object, Output>(
  guard: Pick<Guard, 'checkToolCall'>,
  definition: ToolDefinition,
  execute: (input: Input) => Output | PromiseLike<Output>,
  { intent, context, confirm }: GuardedToolOptions,
): (input: Input, options?: { readonly signal?: AbortSignal }) => Promise<ToolOutcome<Output>> {
  return (input, { signal } = {}) => {
    const call = { name: definition.name, arguments: input };
    const request = { intent: textOf(intent), call, tool: definition, ...(context !== undefined && { context: textOf(context) }) };
    return checkedCall(guard, request, confirm, (checked) => execute(checked as Input), signal);
  };
}
