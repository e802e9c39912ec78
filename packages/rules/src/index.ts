import type { ShippedRulePack } from '@portcullis/core';
import { answerPacks } from './answer-packs.ts';
import { promptPacks } from './prompt-packs.ts';

const promptFamilies = new Set(promptPacks.map(({ family }) => family));

/** The packs this project ships, one a family, validated at build and without their examples. */
export const defaultPacks: readonly ShippedRulePack[] = [...promptPacks, ...answerPacks.filter(({ family }) => !promptFamilies.has(family))];
