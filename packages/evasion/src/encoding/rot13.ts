import { instructed } from './instructed.ts';

/** Latin letters moved on by 13; its own inverse. */
export function toRot13(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const code = letter.charCodeAt(0);
    const first = code < 0x61 ? 0x41 : 0x61;
    return String.fromCharCode(first + ((code - first + 13) % 26));
  });
}

export const rot13 = instructed({
  name: 'rot13',
  code: 'ROT13',
  reference: 'Wei et al. 2023, Jailbroken (arXiv 2307.02483); garak encoding.InjectROT13',
  growth: { times: 1, plus: 0 },
  encode: toRot13,
  letters: /[A-Za-z]/g,
});
