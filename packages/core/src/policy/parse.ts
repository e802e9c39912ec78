import * as v from 'valibot';
import { PortcullisError } from '../errors.ts';
import { PRESETS } from './presets.ts';
import { type Policy, type PolicyInput, policySchema } from './schema.ts';

/**
 * Checks and completes a policy: defaults, then the preset's values, then what is set.
 * @throws {PortcullisError} `policy-invalid`, naming the field's path.
 */
export function parsePolicy(input: unknown = {}): Policy {
  if (Array.isArray(input)) throw new PortcullisError('policy-invalid', 'policy: must be an object, not a list');
  const parsed = v.safeParse(policySchema, input);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw invalid(v.getDotPath(issue) ?? '?', issue.message);
  }
  // The schema took it, so it is what an app may write; parsed again, because a default must not outrank the preset.
  const written = Object.fromEntries(Object.entries(input as PolicyInput).filter(([, value]) => value !== undefined)) as PolicyInput;
  checkOrder(written);
  return v.parse(policySchema, { ...PRESETS[parsed.output.preset], ...written });
}

/** What a schema of single fields does not see: pairs in the wrong order, dates that no calendar has. */
function checkOrder(policy: PolicyInput): void {
  bands('', policy);
  for (const [role, override] of Object.entries(policy.roles ?? {})) bands(`roles.${role}.`, override ?? {});
  bands('conversation.', policy.conversation ?? {});
  policy.sources?.forEach((override, index) => {
    bands(`sources.${index}.`, override);
  });
  const { block = 1, confirm = 0 } = policy.tools ?? {};
  if (confirm > block) throw invalid('tools.confirm', `${confirm} lies above policy.tools.block (${block})`);
  if (policy.gray !== undefined && policy.gray[0] > policy.gray[1]) throw invalid('gray', `${policy.gray[0]} lies above ${policy.gray[1]}`);
  for (const kind of ['phrases', 'sources'] as const) {
    policy.allow?.[kind]?.forEach(({ expires }, index) => {
      if (expires !== undefined && Number.isNaN(Date.parse(expires))) throw invalid(`allow.${kind}.${index}.expires`, `${expires} is no date`);
    });
  }
}

function bands(path: string, { block, warn }: Pick<PolicyInput, 'block' | 'warn'>): void {
  if (block !== undefined && warn !== undefined && warn > block) throw invalid(`${path}warn`, `${warn} lies above policy.${path}block (${block})`);
}

const invalid = (path: string, message: string): PortcullisError => new PortcullisError('policy-invalid', `policy.${path}: ${message}`);
