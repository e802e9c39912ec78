export { ERROR_CODES, type ErrorCode, type ErrorData, errorData, errorFrom, PortcullisError } from './errors.ts';
export { type Fusion, fuse, patternSignal, strongestFirst, uncertaintyOf } from './fuse.ts';
export { decide, decideDegraded, type Policy, type PolicyInput, parsePolicy, type Thresholds, thresholdsOf } from './policy.ts';
export { compileRules, matchRules, type RuleSet } from './rules/match.ts';
export { type Rule, type RulePack, rulePackSchema, type ShippedRule, type ShippedRulePack } from './rules/rule.ts';
export { type Normalised, normalise, originalSpan } from './text/normalise.ts';
export type { Backend, Decision, Degraded, Finding, RuleFinding, Severity, Signal, SignalFinding, SignalName, Span, Verdict } from './verdict.ts';
export { SEVERITIES, SIGNAL_NAMES } from './verdict.ts';
