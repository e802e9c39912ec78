import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Origin } from '../policy/role.ts';
import { type Finding, type RuleFinding, rankOf, type Severity, type Span, type Verdict } from '../verdict.ts';
import type { Alert, AlertFinding, Frameworks } from './schema.ts';

/** What an alert says beside the verdict. */
export interface AlertContext extends Origin {
  /** The text that was scanned. */
  readonly text: string;
  /** When, in milliseconds since the epoch. */
  readonly time: number;
  /** How much of the text the alert carries: its hash (the default), the words found, or all of it. */
  readonly include?: 'hash' | 'excerpt' | 'full';
  readonly id?: string;
  readonly sessionId?: string;
  readonly requestId?: string;
  /** A person sent the text all the same, and why: their words are kept whatever `include` says. */
  readonly override?: { readonly reason?: string };
  readonly segments?: readonly { readonly kind: string; readonly span: Span }[];
}

const LEVELS: Readonly<Record<Severity, number>> = { low: 3, medium: 7, high: 12, critical: 15 };

/**
 * The alert for a verdict: TUP's structured JSON with its framework mapping. By default no word of the text is in it, only SHA-256; a hash of few
 * words can be guessed, so it keeps text out of logs, not secrets from who holds a dictionary.
 */
export function alertOf(verdict: Verdict, context: AlertContext): Alert {
  const { text, time, include = 'hash', role, source, sessionId, requestId, override, segments = [] } = context;
  const rules = verdict.findings.filter((finding): finding is RuleFinding => 'rule' in finding);
  const severity = severityOf(verdict, rules);
  const instant = new Date(time).toISOString();
  const hash = hashOf(text);
  return {
    schema: 'portcullis.alert/1',
    id: context.id ?? hashOf([hash, instant, sessionId ?? '', requestId ?? ''].join('|')).slice(0, 32),
    time: instant,
    title: (rules[0] ?? verdict.findings[0])?.title ?? verdict.reason,
    action: verdict.decision,
    severity,
    level: LEVELS[severity],
    reason: verdict.reason,
    ...(verdict.decidedBy && { decided_by: decidedBy(verdict.decidedBy) }),
    score: verdict.score,
    confidence: verdict.confidence,
    uncertainty: verdict.uncertainty,
    ...(verdict.variant && { variant: verdict.variant }),
    ...(verdict.conversation && { conversation: conversationOf(verdict.conversation) }),
    ...(verdict.judge && { judge: judgeOf(verdict.judge) }),
    rule_ids: unique(rules.map(({ rule }) => rule)),
    framework_mapping: frameworksOf(rules),
    findings: verdict.findings.map((finding) => findingOf(finding, text, include)),
    segments: segments.filter(({ span }) => verdict.findings.some((finding) => finding.span[0] < span[1] && span[0] < finding.span[1])),
    text: { mode: include, sha256: hash, length: text.length, ...(include === 'full' && { content: text }) },
    ...(role && { role }),
    ...(source !== undefined && { source }),
    ...(sessionId !== undefined && { session_id: sessionId }),
    ...(requestId !== undefined && { request_id: requestId }),
    ...(override && { override }),
    ...(verdict.degraded && { degraded: degradedOf(verdict.degraded) }),
    bundle: verdict.bundle,
    backend: verdict.backend,
    latency_ms: verdict.latencyMs,
  };
}

function findingOf(finding: Finding, text: string, include: 'hash' | 'excerpt' | 'full'): AlertFinding {
  const words = text.slice(...finding.span);
  const located = { title: finding.title, span: finding.span, sha256: hashOf(words), ...(include !== 'hash' && { excerpt: words }) };
  if ('signal' in finding) return { signal: finding.signal, score: finding.score, ...located };
  const { rule, severity, provenance, matched, benign } = finding;
  return {
    rule_id: rule,
    severity,
    level: LEVELS[severity],
    framework_mapping: frameworksOf([finding]),
    ...located,
    ...(provenance && { provenance }),
    ...(matched !== undefined && include !== 'hash' && { matched }),
    ...(benign && { benign }),
  };
}

function frameworksOf(rules: readonly RuleFinding[]): Frameworks {
  return {
    owasp_llm: unique(rules.flatMap(({ owasp }) => owasp)),
    mitre_atlas: unique(rules.flatMap(({ atlas }) => atlas)),
    nist_ai_rmf: unique(rules.flatMap(({ nist = [] }) => nist)),
    eu_ai_act: unique(rules.flatMap(({ euAiAct = [] }) => euAiAct)),
  };
}

/** The strongest rule's severity, and no less than the decision's own: a block high, unless it only failed closed; a warning medium. */
function severityOf({ decision, decidedBy }: Verdict, rules: readonly RuleFinding[]): Severity {
  const own: Severity = decision === 'allow' ? 'low' : decision === 'warn' || decidedBy?.kind === 'fail' ? 'medium' : 'high';
  return rules.reduce<Severity>((worst, { severity }) => (rankOf(severity) > rankOf(worst) ? severity : worst), own);
}

function decidedBy(by: NonNullable<Verdict['decidedBy']>): NonNullable<Alert['decided_by']> {
  return { kind: by.kind, ...('field' in by && { field: by.field }), ...('limit' in by && { limit: by.limit }) };
}

function conversationOf({ turn, risk, caughtAt }: NonNullable<Verdict['conversation']>): NonNullable<Alert['conversation']> {
  return { turn, risk, ...(caughtAt !== undefined && { caught_at: caughtAt }) };
}

function judgeOf(judge: NonNullable<Verdict['judge']>): NonNullable<Alert['judge']> {
  return { by: judge.by, ...('opinion' in judge ? { opinion: judge.opinion } : { failed: judge.failed }) };
}

function degradedOf({ reason, missing, coverage }: NonNullable<Verdict['degraded']>): NonNullable<Alert['degraded']> {
  return { code: reason.code, message: reason.message, missing, coverage };
}

const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
