export { type AlertContext, alertOf } from './alert/alert-of.ts';
export { OCSF_VERSION, type OcsfDetectionFinding, toOcsf } from './alert/ocsf.ts';
export { type OtelEvent, type OtelOptions, toOtelEvent } from './alert/otel.ts';
export { type PromptForestResult, toPromptForest } from './alert/prompt-forest.ts';
export { toSarif } from './alert/sarif.ts';
export { type Alert, type AlertFinding, alertSchema, type Frameworks } from './alert/schema.ts';
export type { Attribution, Mark } from './attribution.ts';
export { type BenignReading, guardBenign } from './benign/guard.ts';
export { ERROR_CODES, type ErrorCode, type ErrorData, errorData, errorFrom, PortcullisError } from './errors.ts';
export { type Fusion, fuse, learnedLogit, logit, patternSignal, sigmoid, strongestFirst, uncertaintyOf } from './fuse.ts';
export { lazily } from './lazily.ts';
export { type Planted, plantCanary } from './leak/canary.ts';
export { checkHiddenContext, type HiddenContext, type TextContext } from './leak/hidden-context.ts';
export { leakFindings } from './leak/leak-findings.ts';
export { type Allowance, type AllowContext, applyAllow } from './policy/allow.ts';
export { type Evidence, farAbove, type Ruling, reaches, ruling, rulingDegraded } from './policy/decide.ts';
export { guards, type InForce, inGrayZone, policyFor } from './policy/in-force.ts';
export { parsePolicy } from './policy/parse.ts';
export { PRESETS } from './policy/presets.ts';
export { type Origin, ROLES, type Role } from './policy/role.ts';
export { type AllowList, type AnswerPolicy, type Override, type Policy, type PolicyInput, policySchema } from './policy/schema.ts';
export { matchesPattern } from './policy/source-pattern.ts';
export { BENCHMARK_BLOCK, type Thresholds, thresholdsOf } from './policy/thresholds.ts';
export { graphemeStart } from './redaction/graphemes.ts';
export { type Redacted, type Redaction, redact, redactRegions } from './redaction/redact.ts';
export { type Region, regionsOf } from './redaction/regions.ts';
export { type Restorer, restore, restorer } from './redaction/restore.ts';
export { starred } from './redaction/starred.ts';
export { createVault, type Vault, type VaultData, type VaultOptions } from './redaction/vault.ts';
export { openFence } from './rules/code-ranges.ts';
export { compileInSteps, compileRules, type RuleSet } from './rules/compile.ts';
export { type MatchVariant, matchRules } from './rules/match.ts';
export { openFrom, warmUpOpen } from './rules/open.ts';
export { type Rule, type RulePack, rulePackSchema, type ShippedRule, type ShippedRulePack } from './rules/rule.ts';
export { type FindLeaks, type ScreenAids, type Screened, screen } from './screen.ts';
export { sliced } from './text/compose.ts';
export { HIDDEN_CHARACTER_KINDS, type HiddenCharacterKind, type HiddenCharacters, type HiddenRun, hiddenCharacters } from './text/hidden/hidden-characters.ts';
export { HIDDEN_KINDS, type HiddenKind, type HiddenText } from './text/hidden/hidden-text.ts';
export { type Normalised, normalise, originalSpan } from './text/normalise.ts';
export { SEGMENT_KINDS, type Segment, type SegmentKind } from './text/segments/segment.ts';
export { segmentsOf } from './text/segments/segments.ts';
export { type Variant, type VariantLimits, type Variants, variantsOf } from './text/variants.ts';
export { type Languages, languagesFrom } from './text/words/languages.ts';
export type {
  AllowedFinding,
  Backend,
  BenignNote,
  BenignReason,
  ConversationReading,
  DecidedBy,
  Decision,
  Degraded,
  Finding,
  JudgeFailure,
  JudgeNote,
  RuleFinding,
  Severity,
  Signal,
  SignalFinding,
  SignalName,
  Span,
  Verdict,
} from './verdict.ts';
export { rankOf, SEVERITIES, SIGNAL_NAMES, VOTERS } from './verdict.ts';
