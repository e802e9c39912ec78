import type { Decision, Degraded, Finding } from '@portcullis/core';

const LEADS: Readonly<Record<Decision, string>> = { allow: 'Nothing suspicious found', warn: 'Looks suspicious', block: 'Held back' };

/** One sentence for a person: what was decided and for which finding; what was not looked at, too. */
export function reasonFor(decision: Decision, findings: readonly Finding[], degraded?: Degraded): string {
  const strongest = decision === 'allow' ? undefined : (findings.find((finding) => 'rule' in finding) ?? findings[0]);
  const gap = degraded?.reason.message;
  if (strongest !== undefined) return `${LEADS[decision]}: ${lowerFirst(strongest.title)}${gap === undefined ? '' : `; not fully checked: ${gap}`}.`;
  if (gap === undefined) return `${LEADS[decision]}.`;
  return `${decision === 'allow' ? 'Let through unchecked' : 'Held back'}: ${gap}.`;
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
