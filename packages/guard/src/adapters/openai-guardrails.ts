import { errorData, type Role, type Verdict } from '@portcullis/core';
import type { Guard } from '../guard.ts';

/** What a check of OpenAI's guardrails gives: its `GuardrailResult`, as far as a check sets it. */
export interface GuardrailResult {
  readonly tripwireTriggered: boolean;
  readonly executionFailed?: boolean;
  readonly originalException?: Error;
  readonly info: {
    readonly guardrail_name: string;
    readonly checked_text?: string;
    readonly [key: string]: unknown;
  };
}

/** A check as OpenAI's guardrails call it, `CheckFn`: context and configuration are theirs and are not used. */
export type GuardrailCheck = (context: object, text: string, config?: object) => Promise<GuardrailResult>;

export interface CheckOptions {
  /** Who speaks in the texts that are checked: `user` if left out; `assistant` where answers are. */
  readonly role?: Role;
  readonly source?: string;
  /** From which decision on the tripwire triggers; `block` if left out. */
  readonly from?: 'warn' | 'block';
}

const NAME = 'Portcullis';

/**
 * The guard as a check function for OpenAI's guardrails, to be registered under a name. It throws nothing: they let pass what a check that throws was
 * asked about, so a check that fails triggers its tripwire and says so.
 */
export function guardCheck(guard: Pick<Guard, 'scan'>, { role = 'user', source, from = 'block' }: CheckOptions = {}): GuardrailCheck {
  return async (_context, text) => {
    try {
      const verdict = await guard.scan(text, { role, ...(source !== undefined && { source }) });
      const tripwireTriggered = verdict.decision === 'block' || verdict.decision === from;
      return { tripwireTriggered, info: { checked_text: text, ...infoOf(verdict) } };
    } catch (error) {
      return failed(error);
    }
  };
}

/**
 * Personal data and secrets taken out: `checked_text` is the text with masks in their places, and the tripwire triggers where anything was taken out.
 * Throws nothing, as above.
 */
export function privateDataCheck(guard: Pick<Guard, 'redact'>): GuardrailCheck {
  return async (_context, text) => {
    try {
      const { text: masked, redactions } = await guard.redact(text, 'mask', { from: 'low' });
      return { tripwireTriggered: redactions.length > 0, info: { guardrail_name: NAME, checked_text: masked, detected: redactions.map(({ kind }) => kind) } };
    } catch (error) {
      return failed(error);
    }
  };
}

function failed(error: unknown): GuardrailResult {
  const { code, message } = errorData(error, 'worker-crashed');
  const originalException = error instanceof Error ? error : new Error(message);
  return { tripwireTriggered: true, executionFailed: true, originalException, info: { guardrail_name: NAME, code, error: message } };
}

function infoOf(verdict: Verdict): GuardrailResult['info'] {
  const { decision, score, confidence, uncertainty, reason, findings, degraded, backend, latencyMs, bundle } = verdict;
  const rules = findings.flatMap((finding) => ('rule' in finding ? [finding.rule] : []));
  const known = { decision, score, confidence, uncertainty, reason, rules, backend, bundle, latency_ms: latencyMs };
  return { guardrail_name: NAME, ...known, ...(degraded && { degraded: degraded.reason.code }) };
}
