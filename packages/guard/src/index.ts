export type {
  Backend,
  Decision,
  Degraded,
  Finding,
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
export type { BackendChoice, EngineInfo, EngineState, LoadProgress } from '@portcullis/engine';
export { createGuard } from './create-guard.ts';
export type { Guard, GuardOptions, RedactOptions, ScanOptions } from './guard.ts';
export type { StreamOptions } from './stream/answer-stream.ts';
export { restoreStream } from './stream/restore-stream.ts';
