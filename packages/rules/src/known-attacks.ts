import delimiterInjection from '../packs/delimiter-injection.yaml?attacks';
import encodedPayload from '../packs/encoded-payload.yaml?attacks';
import exfiltration from '../packs/exfiltration.yaml?attacks';
import indirectInjection from '../packs/indirect-injection.yaml?attacks';
import instructionOverride from '../packs/instruction-override.yaml?attacks';
import jailbreak from '../packs/jailbreak.yaml?attacks';
import promptExtraction from '../packs/prompt-extraction.yaml?attacks';
import toolPoisoning from '../packs/tool-poisoning.yaml?attacks';

/** Attacks in English, each once: examples of the rules for prompts. No other entry has them. */
export const knownAttacks: readonly string[] = [
  ...new Set([
    ...delimiterInjection,
    ...encodedPayload,
    ...exfiltration,
    ...indirectInjection,
    ...instructionOverride,
    ...jailbreak,
    ...promptExtraction,
    ...toolPoisoning,
  ]),
];
