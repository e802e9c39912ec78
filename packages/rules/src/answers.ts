import type { ShippedRulePack } from '@portcullis/core';
import exfiltration from '../packs/exfiltration.yaml?answers';
import outputPii from '../packs/output-pii.yaml?answers';
import outputSecrets from '../packs/output-secrets.yaml?answers';

/** The rules for what a model says, as they read it while it streams: each knows what its matches begin with. */
export const answerPacks: readonly ShippedRulePack[] = [exfiltration, outputPii, outputSecrets];
