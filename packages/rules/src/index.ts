import type { ShippedRulePack } from '@portcullis/core';
import instructionOverride from '../packs/instruction-override.yaml';
import jailbreak from '../packs/jailbreak.yaml';
import promptExtraction from '../packs/prompt-extraction.yaml';

/** The packs this project ships, one a family, validated at build and without their examples. */
export const defaultPacks: readonly ShippedRulePack[] = [instructionOverride, jailbreak, promptExtraction];
