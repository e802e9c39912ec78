import type { Transform } from '../transform.ts';

/** A variation selector, which no letter has a variant for, after half of the letters. */
export const variationSelectors: Transform = {
  name: 'variation-selectors',
  family: 'character',
  readable: true,
  reference: 'Boucher et al. 2022, Bad Characters (arXiv 2106.09898); PyRIT VariationSelectorSmugglerConverter',
  growth: { times: 2, plus: 0 },
  apply: (text, random) => text.replace(/\p{L}/gu, (letter) => (random.chance(0.5) ? letter + String.fromCharCode(0xfe00 + random.int(16)) : letter)),
};
