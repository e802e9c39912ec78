import type { Transform } from '../transform.ts';

/** The inner letters of every word are scrambled; first and last stay, which is enough for a reader. */
export const typoglycemia: Transform = {
  name: 'typoglycemia',
  family: 'character',
  readable: true,
  reference: 'OWASP LLM Prompt Injection Prevention Cheat Sheet; Rawlinson 1976',
  growth: { times: 1, plus: 0 },
  // Scripts with capitals only: elsewhere a run of letters may be a whole sentence.
  apply: (text, random) =>
    text.replace(/([\p{Lu}\p{Ll}])([\p{Lu}\p{Ll}]{2,})([\p{Lu}\p{Ll}])/gu, (_word, first: string, inner: string, last: string) => {
      const letters = [...inner];
      const scrambled = random.shuffle(letters).join('');
      return first + (scrambled === inner ? letters.reverse().join('') : scrambled) + last;
    }),
};
