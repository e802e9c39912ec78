export type {
  Backend,
  Decision,
  Degraded,
  Finding,
  PolicyInput,
  RuleFinding,
  Severity,
  Signal,
  SignalFinding,
  SignalName,
  Span,
  Verdict,
} from '@portcullis/core';
export { type ErrorCode, type ErrorData, errorData, type Planted, PortcullisError, plantCanary } from '@portcullis/core';
export type { CheckedArgument, Provenance, ToolCall, ToolCallRequest, ToolDecision, ToolDefinition, ToolFinding, ToolVerdict } from '@portcullis/core/tools';
export type { BackendChoice, EngineInfo, EngineState, LoadProgress } from '@portcullis/engine';
export { createGuard } from './create-guard.ts';
export type { Guard, GuardOptions, ScanOptions } from './guard.ts';
