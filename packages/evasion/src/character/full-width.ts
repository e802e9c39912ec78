import type { Transform } from '../transform.ts';

/** Every printable ASCII character in its full-width form. */
export const fullWidth: Transform = {
  name: 'full-width',
  family: 'character',
  readable: true,
  reference: 'Hackett et al. 2025 (arXiv 2504.11168)',
  growth: { times: 1, plus: 0 },
  apply: (text) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000'),
};
