import type { ShippedRulePack } from '@portcullis/core';
import delimiterInjection from '../packs/delimiter-injection.yaml';
import encodedPayload from '../packs/encoded-payload.yaml';
import exfiltration from '../packs/exfiltration.yaml';
import indirectInjection from '../packs/indirect-injection.yaml';
import instructionOverride from '../packs/instruction-override.yaml';
import jailbreak from '../packs/jailbreak.yaml';
import multilingualOverride from '../packs/multilingual-override.yaml';
import promptExtraction from '../packs/prompt-extraction.yaml';
import toolPoisoning from '../packs/tool-poisoning.yaml';

/** The packs for what comes to a model, one a family; a rule of theirs may read answers as well. */
export const promptPacks: readonly ShippedRulePack[] = [
  delimiterInjection,
  encodedPayload,
  exfiltration,
  indirectInjection,
  instructionOverride,
  jailbreak,
  multilingualOverride,
  promptExtraction,
  toolPoisoning,
];
