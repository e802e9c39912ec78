import type { Decision, Severity } from '../verdict.ts';
import type { Alert } from './schema.ts';

/** The version of the OCSF schema that `toOcsf` writes. */
export const OCSF_VERSION = '1.5.0';

const SEVERITY: Readonly<Record<Severity, readonly [id: number, name: string]>> = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};
const ACTION: Readonly<Record<Decision, readonly [id: number, name: string]>> = { allow: [1, 'Allowed'], warn: [3, 'Observed'], block: [2, 'Denied'] };
const DISPOSITION: Readonly<Record<Decision, readonly [id: number, name: string]>> = { allow: [1, 'Allowed'], warn: [19, 'Alert'], block: [2, 'Blocked'] };

/** An OCSF event: plain JSON by the schema of its class. */
export type OcsfDetectionFinding = Readonly<Record<string, unknown>> & { readonly class_uid: 2004; readonly type_uid: 200401 };

/** The alert as an OCSF Detection Finding (class 2004, activity Create) under the profile Security Control. What OCSF has no field for is in `unmapped`. */
export function toOcsf(alert: Alert, version?: string): OcsfDetectionFinding {
  const [severityId, severity] = SEVERITY[alert.severity];
  const [actionId, action] = ACTION[alert.action];
  const [dispositionId, disposition] = DISPOSITION[alert.action];
  const time = Date.parse(alert.time);
  const attacks = alert.framework_mapping.mitre_atlas.map((uid) => ({ technique: { uid } }));
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    time,
    severity_id: severityId,
    severity,
    status_id: 1,
    status: 'New',
    action_id: actionId,
    action,
    disposition_id: dispositionId,
    disposition,
    is_alert: alert.action !== 'allow',
    confidence_score: Math.round(alert.confidence * 100),
    ...(alert.score !== null && { risk_score: Math.round(alert.score * 100) }),
    message: alert.reason,
    metadata: {
      version: OCSF_VERSION,
      profiles: ['security_control'],
      product: { name: 'Portcullis', vendor_name: 'Portcullis', ...(version !== undefined && { version }) },
      uid: alert.id,
      ...(alert.session_id !== undefined && { correlation_uid: alert.session_id }),
      labels: [...alert.framework_mapping.owasp_llm],
    },
    finding_info: {
      uid: alert.id,
      title: alert.title,
      desc: alert.reason,
      created_time: time,
      types: ['Prompt Injection'],
      ...(attacks.length > 0 && { attacks }),
      ...analyticsOf(alert),
    },
    ...(attacks.length > 0 && { attacks }),
    evidences: alert.findings.map((finding) => ({ data: finding })),
    unmapped: {
      uncertainty: alert.uncertainty,
      text: alert.text,
      framework_mapping: alert.framework_mapping,
      decided_by: alert.decided_by,
      segments: alert.segments,
      role: alert.role,
      source: alert.source,
      request_id: alert.request_id,
      degraded: alert.degraded,
      bundle: alert.bundle,
      backend: alert.backend,
      latency_ms: alert.latency_ms,
    },
  };
}

/** Rules (type 1) and learned signals (type 4) that found something; the strongest is the analytic, the others are related. */
function analyticsOf({ findings }: Alert): object {
  const all = findings.map((finding) =>
    'rule_id' in finding
      ? { type_id: 1, type: 'Rule', uid: finding.rule_id, name: finding.title }
      : { type_id: 4, type: 'Learning (ML/DL)', uid: finding.signal, name: finding.title },
  );
  const [analytic, ...related] = [...new Map(all.map((one) => [one.uid, one])).values()];
  return { ...(analytic && { analytic }), ...(related.length > 0 && { related_analytics: related }) };
}
