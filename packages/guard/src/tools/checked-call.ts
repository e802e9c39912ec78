import type { ToolCallRequest, ToolVerdict } from '@portcullis/core/tools';
import type { Guard } from '../guard.ts';

/** Asks a person about a call of the decision `confirm`. Only `true` lets it be made. */
export type Confirm = (verdict: ToolVerdict) => boolean | PromiseLike<boolean>;

/** A text, or what gives it at the time of a call. */
export type TextSource = string | (() => string);

/** What became of a call. A denied one was not made. */
export type ToolOutcome<T> =
  | { readonly executed: true; readonly value: T; readonly verdict: ToolVerdict }
  | { readonly executed: false; readonly deniedBy: 'guard' | 'person'; readonly verdict: ToolVerdict };

/**
 * Checks a call, asks the person where the guard says so, and makes it with the arguments that the verdict's JSON holds, and no others.
 * Without `confirm` nobody is there to be asked: then such a call is not made.
 * @throws what `Guard.checkToolCall`, `confirm` and `execute` throw; the signal's reason when it fires before the call is made.
 */
export async function checkedCall<T>(
  guard: Pick<Guard, 'checkToolCall'>,
  request: ToolCallRequest,
  confirm: Confirm | undefined,
  execute: (input: unknown) => T | PromiseLike<T>,
  signal?: AbortSignal,
): Promise<ToolOutcome<T>> {
  const verdict = await guard.checkToolCall(request, signal && { signal });
  if (verdict.decision === 'block') return { executed: false, deniedBy: 'guard', verdict };
  if (verdict.decision === 'confirm' && (await confirm?.(verdict)) !== true) return { executed: false, deniedBy: 'person', verdict };
  signal?.throwIfAborted();
  return { executed: true, value: await execute(argumentsOf(verdict)), verdict };
}

/** What a model may be told of a call that was not made. */
export function denialOf({ deniedBy, verdict }: Extract<ToolOutcome<unknown>, { executed: false }>): string {
  return deniedBy === 'guard' ? verdict.reason : 'Not called: the person did not allow this call.';
}

export const textOf = (source: TextSource): string => (typeof source === 'string' ? source : source());

function argumentsOf({ json }: ToolVerdict): unknown {
  const { arguments: given = {} } = JSON.parse(json) as { readonly arguments?: unknown };
  if (typeof given === 'string') return JSON.parse(given.trim() === '' ? '{}' : given);
  return given ?? {};
}
