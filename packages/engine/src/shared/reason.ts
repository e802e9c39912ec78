import type { Decision, Degraded, Finding } from '@portcullis/core';

const LEADS: Readonly<Record<Decision, string>> = { allow: 'Nothing suspicious found.', warn: 'Looks suspicious', block: 'Held back' };

/** One sentence for a person: what was decided and for which finding. */
export function reasonFor(decision: Decision, findings: readonly Finding[], degraded?: Degraded): string {
  const lead = LEADS[decision];
  const strongest = findings.find((finding) => 'rule' in finding) ?? findings[0];
  if (degraded) return `${decision === 'allow' ? 'Let through unchecked' : 'Held back'}: ${degraded.reason.message}.`;
  if (decision === 'allow' || strongest === undefined) return decision === 'allow' ? lead : `${lead}.`;
  return `${lead}: ${lowerFirst(strongest.title)}.`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
