import type { Transform } from '../transform.ts';

/** Zero-width space, non-joiner, joiner, word joiner, no-break space, and the soft hyphen. */
const INVISIBLE = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF', '\u00AD'] as const;

/** An invisible character between half of the neighbouring letters. */
export const zeroWidth: Transform = {
  name: 'zero-width',
  family: 'character',
  readable: true,
  reference: 'Boucher et al. 2022, Bad Characters (arXiv 2106.09898); Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 2, plus: 0 },
  apply: (text, random) => text.replace(/(?<=\p{L})(?=\p{L})/gu, () => (random.chance(0.5) ? random.pick(INVISIBLE) : '')),
};
