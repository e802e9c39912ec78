export type {
  Attribution,
  Backend,
  ConversationReading,
  Decision,
  Degraded,
  Finding,
  JudgeFailure,
  JudgeNote,
  Mark,
  Policy,
  PolicyInput,
  Redacted,
  Redaction,
  Restorer,
  RuleFinding,
  Severity,
  Signal,
  SignalFinding,
  SignalName,
  Span,
  Vault,
  VaultData,
  Verdict,
} from '@portcullis/core';
export { createVault, type ErrorCode, type ErrorData, errorData, type Planted, PortcullisError, plantCanary, restore, restorer } from '@portcullis/core';
export type { ConversationVerdict, OtherTurn, SaidTurn, UserTurn } from '@portcullis/core/conversation';
export type { McpServer, McpTool, Pin, PinChanges, Pins, Shadowing, ToolName, ToolPart } from '@portcullis/core/mcp';
export { comparePins, pinTools } from '@portcullis/core/mcp';
export type { CheckedArgument, Provenance, ToolCall, ToolCallRequest, ToolDecision, ToolDefinition, ToolFinding, ToolVerdict } from '@portcullis/core/tools';
export type { BackendChoice, EngineInfo, EngineState, LoadProgress, Measured, RunTimes } from '@portcullis/engine';
export { type GuardedToolOptions, guardedTool } from './adapters/guarded-tool.ts';
export type { PoisonedText, ToolCheck, ToolsReport } from './check-tools.ts';
export { createGuard } from './create-guard.ts';
export type { Conversation, Guard, GuardOptions, RedactOptions, SafeScan, ScanOptions } from './guard.ts';
export type { GuardEventName, GuardEvents, GuardListener, ScannedText } from './guard-events.ts';
export type { Judge } from './judge/judged.ts';
export type { StreamOptions } from './stream/answer-stream.ts';
export { restoreStream } from './stream/restore-stream.ts';
export type { Confirm, TextSource, ToolOutcome } from './tools/checked-call.ts';
