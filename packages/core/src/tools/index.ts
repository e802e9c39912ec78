export {
  type ArgumentScore,
  type CallRuling,
  type CallScores,
  levelOf,
  ruleOnCall,
  type ToolThresholds,
  toolThresholds,
  unreadableCall,
} from './check-call.ts';
export { type Argument, type CallProblem, MAX_CALL_LENGTH, type ParsedCall, parseCall } from './parse-call.ts';
export type { Provenance } from './provenance.ts';
export type { ToolCall, ToolCallRequest, ToolDefinition } from './tool-call.ts';
export type { CheckedArgument, ToolDecision, ToolFinding, ToolVerdict } from './tool-verdict.ts';
export { type Slot, type VerifierInput, type VerifierWindow, verifierInput } from './verifier-input.ts';
