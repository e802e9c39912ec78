import { PortcullisError } from '@portcullis/core';
import type { ToolCallRequest } from '@portcullis/core/tools';

/**
 * A request as plain JSON, so that it can be posted: what a model's tools hold besides, functions and getters, stays behind.
 * @throws {PortcullisError} `input-invalid` for no intent or no call, `tool-call-invalid` for what cannot be written as JSON.
 */
export function plainRequest({ intent, call, tool, context }: ToolCallRequest): ToolCallRequest {
  if (typeof intent !== 'string') throw new PortcullisError('input-invalid', `an intent must be a string, not ${typeof intent}`);
  if (context !== undefined && typeof context !== 'string') throw new PortcullisError('input-invalid', `a context must be a string, not ${typeof context}`);
  if (typeof call !== 'string' && (typeof call !== 'object' || call === null))
    throw new PortcullisError('input-invalid', 'a call must be an object, or its JSON');
  return {
    intent,
    call: typeof call === 'string' ? call : jsonOf({ name: call.name, arguments: call.arguments }),
    ...(tool && { tool: JSON.parse(jsonOf({ name: tool.name, description: tool.description, parameters: tool.parameters })) }),
    ...(context !== undefined && { context }),
  };
}

function jsonOf(value: object): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new PortcullisError('tool-call-invalid', `the call cannot be written as JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
