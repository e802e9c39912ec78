import { type Finding, rankOf, type Span } from '@portcullis/core';
import type { LabelledSpan } from './rows.ts';

/** An output row as measured. */
export interface MeasuredOutput {
  readonly set: string;
  readonly category: string;
  readonly label: 0 | 1;
  readonly spans: readonly LabelledSpan[];
  readonly findings: readonly Finding[];
  readonly blocked: boolean;
}

/** Shares in [0, 1]; `null` where there is nothing to divide by. */
export interface Detection {
  readonly recall: number | null;
  readonly precision: number | null;
  /** Harmonic mean of both. */
  readonly f1: number | null;
}

/** True of a row with a rule's finding of medium severity or more. */
export const isFlagged = ({ findings }: MeasuredOutput): boolean =>
  findings.some((finding) => 'rule' in finding && rankOf(finding.severity) >= rankOf('medium'));

/** Rows flagged against their labels. */
export function rowDetection(rows: readonly MeasuredOutput[]): Detection {
  const positives = rows.filter(({ label }) => label === 1);
  const flagged = rows.filter(isFlagged);
  const right = positives.filter(isFlagged).length;
  return detection(right, positives.length, right, flagged.length);
}

/** A kind of personal data: the names that data sets give it, and the rules that find it. */
export interface SpanKind {
  readonly name: string;
  readonly types: readonly string[];
  readonly rules: readonly string[];
}

export const SPAN_KINDS: readonly SpanKind[] = [
  { name: 'e-mail', types: ['EMAIL_ADDRESS'], rules: ['op-contact-001'] },
  { name: 'phone', types: ['PHONE_NUMBER'], rules: ['op-contact-002'] },
  { name: 'card', types: ['CREDIT_CARD'], rules: ['op-card-001'] },
  { name: 'IBAN', types: ['IBAN_CODE'], rules: ['op-iban-001'] },
  { name: 'SSN', types: ['US_SSN'], rules: ['op-identity-001', 'op-identity-002'] },
  { name: 'IP', types: ['IP_ADDRESS'], rules: ['op-network-001', 'op-network-002'] },
  { name: 'URL', types: ['URL', 'DOMAIN_NAME'], rules: ['op-contact-003'] },
];

/** Spans and findings of some kinds against each other. */
export interface SpanFigures extends Detection {
  readonly spans: number;
  readonly found: number;
}

/** Labelled spans that a finding of their kind meets, and findings that meet a span of their kind. */
export function spanDetection(rows: readonly MeasuredOutput[], kinds: readonly SpanKind[]): SpanFigures {
  let [spans, met, found, right] = [0, 0, 0, 0];
  for (const row of rows) {
    for (const { types, rules } of kinds) {
      const labelled = row.spans.filter(({ type }) => types.includes(type)).map(({ start, end }): Span => [start, end]);
      const told = distinct(row.findings.filter((finding) => 'rule' in finding && rules.includes(finding.rule)).map(({ span }) => span));
      spans += labelled.length;
      found += told.length;
      met += labelled.filter((span) => told.some((other) => meets(span, other))).length;
      right += told.filter((span) => labelled.some((other) => meets(span, other))).length;
    }
  }
  return { spans, found, ...detection(met, spans, right, found) };
}

/** What two rules find in one place is found once. */
function distinct(spans: readonly Span[]): Span[] {
  return spans.filter(([start, end], index) => spans.findIndex((other) => other[0] === start && other[1] === end) === index);
}

/** Two spans meet if they share at least half of what they cover together. */
function meets(a: Span, b: Span): boolean {
  const shared = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
  return 2 * shared >= Math.max(a[1], b[1]) - Math.min(a[0], b[0]);
}

function detection(met: number, positives: number, right: number, flagged: number): Detection {
  const recall = positives > 0 ? met / positives : null;
  const precision = flagged > 0 ? right / flagged : null;
  const f1 = recall === null || precision === null ? null : recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
  return { recall, precision, f1 };
}
