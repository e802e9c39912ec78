import type { Artifact, Log, ReportingDescriptor, Result } from 'sarif';
import type { Severity } from '../verdict.ts';
import type { Alert, AlertFinding } from './schema.ts';

const LEVEL: Readonly<Record<Severity, Result.level>> = { low: 'note', medium: 'warning', high: 'error', critical: 'error' };
/** What code-scanning services read, 0 to 10. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { low: '2.0', medium: '5.0', high: '8.0', critical: '9.5' };

/** Alerts as one SARIF 2.1.0 run: a text is an artifact by its hash, each finding a result with its range in UTF-16 code units. */
export function toSarif(alerts: readonly Alert[], version?: string): Log {
  const rules = new Map<string, ReportingDescriptor>();
  const artifacts = new Map<string, Artifact>();
  const results = alerts.flatMap((alert) => {
    const uri = `urn:portcullis:text:${alert.text.sha256}`;
    artifacts.set(uri, {
      location: { uri },
      hashes: { 'sha-256': alert.text.sha256 },
      ...(alert.text.content !== undefined && { contents: { text: alert.text.content } }),
    });
    // Nothing was found, yet something was decided: that is a result of its own, with no range.
    const found: readonly (AlertFinding | undefined)[] = alert.findings.length > 0 ? alert.findings : alert.action === 'allow' ? [] : [undefined];
    return found.map((finding) => resultOf(alert, finding, uri, rules));
  });
  const degraded = alerts.filter((alert) => alert.degraded !== undefined);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Portcullis', ...(version !== undefined && { version }), rules: [...rules.values()] } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: degraded.length === 0,
            toolExecutionNotifications: degraded.map(({ degraded: gap, text }) => ({
              level: 'error' as const,
              message: { text: gap?.message ?? '' },
              descriptor: { id: gap?.code ?? '' },
              locations: [{ physicalLocation: { artifactLocation: { uri: `urn:portcullis:text:${text.sha256}` } } }],
            })),
          },
        ],
        artifacts: [...artifacts.values()],
        results,
      },
    ],
  };
}

function resultOf(alert: Alert, finding: AlertFinding | undefined, uri: string, rules: Map<string, ReportingDescriptor>): Result {
  const severity = finding !== undefined && 'rule_id' in finding ? finding.severity : alert.severity;
  const title = finding?.title ?? alert.reason;
  const ruleId =
    finding === undefined ? `portcullis/${alert.decided_by?.kind ?? 'decision'}` : 'rule_id' in finding ? finding.rule_id : `signal/${finding.signal}`;
  if (!rules.has(ruleId)) rules.set(ruleId, descriptorOf(ruleId, title, severity, finding));
  const region = finding && {
    charOffset: finding.span[0],
    charLength: finding.span[1] - finding.span[0],
    ...(finding.excerpt !== undefined && { snippet: { text: finding.excerpt } }),
  };
  return {
    ruleId,
    ruleIndex: [...rules.keys()].indexOf(ruleId),
    level: LEVEL[severity],
    message: { text: title },
    locations: [{ physicalLocation: { artifactLocation: { uri }, ...(region && { region }) } }],
    partialFingerprints: { 'textSha256/v1': alert.text.sha256, ...(finding && { 'findingSha256/v1': finding.sha256 }) },
    properties: {
      alertId: alert.id,
      action: alert.action,
      score: alert.score,
      time: alert.time,
      sessionId: alert.session_id,
      requestId: alert.request_id,
      ...(finding !== undefined && 'provenance' in finding && { provenance: finding.provenance }),
    },
  };
}

function descriptorOf(id: string, title: string, severity: Severity, finding: AlertFinding | undefined): ReportingDescriptor {
  const mapping = finding !== undefined && 'rule_id' in finding ? finding.framework_mapping : undefined;
  const tags = mapping ? [...mapping.owasp_llm, ...mapping.mitre_atlas, ...mapping.nist_ai_rmf, ...mapping.eu_ai_act] : [];
  return {
    id,
    shortDescription: { text: title },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: ['security', ...tags], 'security-severity': SECURITY_SEVERITY[severity] },
  };
}
