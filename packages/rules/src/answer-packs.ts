import type { ShippedRulePack } from '@portcullis/core';
import exfiltration from '../packs/exfiltration.yaml?answers';
import outputCompliance from '../packs/output-compliance.yaml';
import outputInjection from '../packs/output-injection.yaml?answers';
import outputPii from '../packs/output-pii.yaml?answers';
import outputSecrets from '../packs/output-secrets.yaml?answers';

/**
 * The rules for what a model says, whole or while it streams; apart, as not every page reads answers. What is taken out of a stream knows what its
 * matches begin with (`?answers`).
 */
export const answerPacks: readonly ShippedRulePack[] = [exfiltration, outputCompliance, outputInjection, outputPii, outputSecrets];
