import type { ShippedRulePack } from '@portcullis/core';
import delimiterInjection from '../packs/delimiter-injection.yaml';
import encodedPayload from '../packs/encoded-payload.yaml';
import exfiltration from '../packs/exfiltration.yaml';
import indirectInjection from '../packs/indirect-injection.yaml';
import instructionOverride from '../packs/instruction-override.yaml';
import jailbreak from '../packs/jailbreak.yaml';
import multilingualOverride from '../packs/multilingual-override.yaml';
import outputCompliance from '../packs/output-compliance.yaml';
import outputInjection from '../packs/output-injection.yaml';
import outputPii from '../packs/output-pii.yaml';
import outputSecrets from '../packs/output-secrets.yaml';
import promptExtraction from '../packs/prompt-extraction.yaml';
import toolPoisoning from '../packs/tool-poisoning.yaml';

/** The packs this project ships, one a family, validated at build and without their examples. */
export const defaultPacks: readonly ShippedRulePack[] = [
  delimiterInjection,
  encodedPayload,
  exfiltration,
  indirectInjection,
  instructionOverride,
  jailbreak,
  multilingualOverride,
  outputCompliance,
  outputInjection,
  outputPii,
  outputSecrets,
  promptExtraction,
  toolPoisoning,
];
