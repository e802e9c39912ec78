import type { Origin } from './role.ts';
import type { Override, Policy } from './schema.ts';
import { matchesPattern } from './source-pattern.ts';

/** The values that count for one text, each with the path of the field that set it, for `decidedBy`. */
export interface InForce {
  readonly policy: Policy;
  /** Path of the field that each value comes from: `policy.roles.tool.block`. */
  readonly paths: Readonly<Record<OverrideField, string>>;
  /** Path of the `off` that spares this text the scan, if one does. */
  readonly off?: string;
}

const FIELDS = ['block', 'warn', 'blockSeverity', 'warnSeverity', 'benignGuard'] as const;
type OverrideField = (typeof FIELDS)[number];

/** The policy for a text of this role and source: the source's entry outranks the role's, the role's the policy. */
export function policyFor(policy: Policy, { role, source }: Origin): InForce {
  const paths: Record<OverrideField, string> = {
    block: 'policy.block',
    warn: 'policy.warn',
    blockSeverity: 'policy.blockSeverity',
    warnSeverity: 'policy.warnSeverity',
    benignGuard: 'policy.benignGuard',
  };
  let off: string | undefined;
  const merged: Record<string, unknown> = { ...policy };
  for (const [path, override] of overridesFor(policy, { ...(role && { role }), ...(source !== undefined && { source }) })) {
    for (const field of FIELDS) {
      if (override[field] === undefined) continue;
      merged[field] = override[field];
      paths[field] = `${path}.${field}`;
    }
    if (override.off !== undefined) off = override.off ? `${path}.off` : undefined;
  }
  return { policy: merged as Policy, paths, ...(off !== undefined && { off }) };
}

function overridesFor(policy: Policy, { role, source }: Origin): (readonly [path: string, override: Override])[] {
  const found: [string, Override][] = [];
  const byRole = role && policy.roles[role];
  if (byRole) found.push([`policy.roles.${role}`, byRole]);
  const index = source === undefined ? -1 : policy.sources.findIndex(({ match }) => matchesPattern(match, source));
  const bySource = policy.sources[index];
  if (bySource) found.push([`policy.sources.${index}`, bySource]);
  return found;
}

/** Whether the benign guard runs: as the policy says, else as the mode means it (TUP). */
export function guards(policy: Policy): boolean {
  return policy.benignGuard ?? policy.mode === 'production';
}

/** Whether a score lies where a judge may be asked. */
export function inGrayZone(score: number, { gray: [low, high] }: Policy): boolean {
  return score >= low && score <= high;
}
