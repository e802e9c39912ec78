import type { ToolName } from './tools.ts';

/** What became of a call. */
export type CallState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'executed'; readonly asked: boolean }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'blocked'; readonly reason: string };

/** One line of what the agent did. */
export type LogEntry =
  | { readonly kind: 'task'; readonly id: number; readonly text: string }
  | { readonly kind: 'call'; readonly id: number; readonly name: ToolName; readonly input: string; readonly state: CallState }
  | { readonly kind: 'said'; readonly id: number; readonly text: string };

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface AgentState {
  readonly log: readonly LogEntry[];
  readonly notes: readonly string[];
  readonly outbox: readonly Mail[];
  readonly busy: boolean;
}

export const INITIAL: AgentState = { log: [], notes: ['The key lies under the third stone.', 'Code of the ski room: 4711.'], outbox: [], busy: false };
