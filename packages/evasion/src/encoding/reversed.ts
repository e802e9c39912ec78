import { instructed } from './instructed.ts';

/** The text from its last character to its first; combining marks stay with the letter that they are on. */
export function toReversed(text: string): string {
  return (text.match(/.\p{M}*/gsu) ?? []).reverse().join('');
}

export const reversed = instructed({
  name: 'reversed',
  code: 'text written backwards',
  reference: 'Liu et al. 2024, FlipAttack (arXiv 2410.02832); PyRIT FlipConverter',
  growth: { times: 1, plus: 0 },
  encode: toReversed,
});
