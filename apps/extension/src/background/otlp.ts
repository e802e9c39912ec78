import { type Alert, type OtelEvent, toOtelEvent } from '@portcullis/core';

type Value = OtelEvent['attributes'][string];

/** OTLP's `AnyValue` in JSON: 64-bit integers are strings there, which is why whole numbers are doubles here. */
function anyValue(value: Value): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return { doubleValue: value };
    default:
      return { arrayValue: { values: value.map((each) => ({ stringValue: each })) } };
  }
}

const attributes = (values: Readonly<Record<string, Value>>): object[] => Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }));

/** Alerts as an OTLP/HTTP request in JSON (`ExportLogsServiceRequest`, OTLP 1.5). They carry no text, whatever the alerts carry. */
export function otlpLogs(alerts: readonly Alert[], version: string): object {
  const logRecords = alerts.map((alert) => {
    const { eventName, timestamp, severityNumber, severityText, attributes: said } = toOtelEvent(alert, { experimental: true });
    return {
      timeUnixNano: `${timestamp}000000`,
      severityNumber,
      severityText,
      eventName,
      attributes: attributes({ ...said, ...(alert.source !== undefined && { 'portcullis.source': alert.source }) }),
    };
  });
  const resource = { attributes: attributes({ 'service.name': 'portcullis-extension', 'service.version': version }) };
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'portcullis', version }, logRecords }] }] };
}
