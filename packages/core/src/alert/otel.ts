import { PortcullisError } from '../errors.ts';
import type { Severity } from '../verdict.ts';
import type { Alert } from './schema.ts';

/** A log-based OpenTelemetry event, as `logger.emit()` of the logs API takes it. */
export interface OtelEvent {
  readonly eventName: 'gen_ai.evaluation.result';
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** INFO 9, WARN 13, ERROR 17, FATAL 21. */
  readonly severityNumber: number;
  readonly severityText: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** The conventions for generative AI and for security rules are in development: their names may change, and with them this event. */
export interface OtelOptions {
  readonly experimental: true;
}

const SEVERITY: Readonly<Record<Severity, readonly [number: number, text: string]>> = {
  low: [9, 'INFO'],
  medium: [13, 'WARN'],
  high: [17, 'ERROR'],
  critical: [21, 'FATAL'],
};

/**
 * The alert as OpenTelemetry's `gen_ai.evaluation.result`, with `security_rule.*` for the strongest rule and the rest under `portcullis.*`.
 * It carries no text, whatever the alert carries.
 * @throws {PortcullisError} `input-invalid` unless `experimental` is set.
 */
export function toOtelEvent(alert: Alert, options: OtelOptions): OtelEvent {
  if (options?.experimental !== true) throw new PortcullisError('input-invalid', 'the OpenTelemetry event needs { experimental: true }');
  const [severityNumber, severityText] = SEVERITY[alert.severity];
  const strongest = alert.findings.find((finding) => 'rule_id' in finding);
  const { owasp_llm, mitre_atlas, nist_ai_rmf, eu_ai_act } = alert.framework_mapping;
  return {
    eventName: 'gen_ai.evaluation.result',
    timestamp: Date.parse(alert.time),
    severityNumber,
    severityText,
    attributes: {
      'gen_ai.evaluation.name': 'prompt_injection',
      ...(alert.score !== null && { 'gen_ai.evaluation.score.value': alert.score }),
      'gen_ai.evaluation.score.label': alert.action,
      'gen_ai.evaluation.explanation': alert.reason,
      ...(alert.session_id !== undefined && { 'gen_ai.conversation.id': alert.session_id }),
      ...(alert.degraded && { 'error.type': alert.degraded.code }),
      ...(strongest && {
        'security_rule.name': strongest.title,
        'security_rule.uuid': strongest.rule_id,
        'security_rule.category': strongest.framework_mapping.owasp_llm[0] ?? '',
        'security_rule.ruleset.name': 'portcullis',
      }),
      'portcullis.alert.id': alert.id,
      'portcullis.severity': alert.severity,
      'portcullis.rule_ids': alert.rule_ids,
      'portcullis.owasp_llm': owasp_llm,
      'portcullis.mitre_atlas': mitre_atlas,
      'portcullis.nist_ai_rmf': nist_ai_rmf,
      'portcullis.eu_ai_act': eu_ai_act,
      'portcullis.text.sha256': alert.text.sha256,
      'portcullis.confidence': alert.confidence,
      'portcullis.uncertainty': alert.uncertainty,
      ...(alert.variant && { 'portcullis.variant': alert.variant }),
      'portcullis.bundle': alert.bundle,
      'portcullis.latency_ms': alert.latency_ms,
      ...(alert.request_id !== undefined && { 'portcullis.request_id': alert.request_id }),
    },
  };
}
