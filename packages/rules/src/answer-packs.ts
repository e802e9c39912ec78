import type { ShippedRulePack } from '@portcullis/core';
import outputCompliance from '../packs/output-compliance.yaml';
import outputInjection from '../packs/output-injection.yaml';
import outputPii from '../packs/output-pii.yaml';
import outputSecrets from '../packs/output-secrets.yaml';

/** The packs for what a model says and for nothing else: apart, as most pages never scan an answer. */
export const answerPacks: readonly ShippedRulePack[] = [outputCompliance, outputInjection, outputPii, outputSecrets];
