import { type PolicyInput, PortcullisError, parsePolicy } from '@portcullis/core';
import * as v from 'valibot';
import { policyOf, type Settings } from './settings.ts';

/** Where alerts may go: encrypted, or to a collector on the same machine. */
const isCollector = (url: string): boolean => URL.canParse(url) && /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])/.test(new URL(url).href);

const schema = v.object({
  policy: v.optional(v.string()),
  alertsUrl: v.optional(v.pipe(v.string(), v.check(isCollector, 'must be https, or on this machine'))),
  alertsConsent: v.optional(v.boolean(), false),
  readDrafts: v.optional(v.boolean()),
});

/** What an organisation has set for its people. Nothing of it is there by default. */
export interface Managed {
  /** In the place of the person's preset and of what they trust. */
  readonly policy?: PolicyInput;
  /** Where alerts go. Only with the organisation's consent is there one. */
  readonly collector?: string;
  /** In the place of the person's choice whether a text is read while it is written. */
  readonly readDrafts?: boolean;
}

/**
 * What the organisation's settings come to, as `managed-schema.json` describes them.
 * @throws {PortcullisError} `policy-invalid` for what cannot be read: then nothing is sent, rather than something under the wrong policy.
 */
export function parseManaged(stored: unknown): Managed {
  const parsed = v.safeParse(schema, stored);
  if (!parsed.success) throw new PortcullisError('policy-invalid', `managed settings: ${parsed.issues[0].message}`);
  const { policy, alertsUrl, alertsConsent, readDrafts } = parsed.output;
  return {
    ...(policy !== undefined && { policy: readPolicy(policy) }),
    ...(alertsUrl !== undefined && alertsConsent && { collector: alertsUrl }),
    ...(readDrafts !== undefined && { readDrafts }),
  };
}

function readPolicy(json: string): PolicyInput {
  let policy: unknown;
  try {
    policy = JSON.parse(json);
  } catch {
    throw new PortcullisError('policy-invalid', 'managed settings: the policy is no JSON');
  }
  parsePolicy(policy);
  return policy as PolicyInput;
}

/** What the organisation has set; nothing where the browser is not managed. */
export async function readManaged(): Promise<Managed> {
  // Firefox rejects where there is no managed storage at all.
  return parseManaged(await chrome.storage.managed.get().catch(() => ({})));
}

/** The policy in force: the organisation's, else the person's. */
export const policyInForce = (settings: Settings, { policy }: Managed): PolicyInput => policy ?? policyOf(settings);

/** Whether a text is read while it is written: as the organisation says, else the person. */
export const draftsRead = (settings: Settings, { readDrafts }: Managed): boolean => readDrafts ?? settings.readDrafts;
