import type { RulePack } from '../../core/src/index.ts';

const WORD = /\{\{(?<name>[^{}]*)\}\}/g;

/** Where in a pack something is wrong, and what. */
export type Complain = (keys: readonly (string | number)[], message: string) => never;

/**
 * Puts a pack's words into its patterns: `{{name}}` becomes `(?:…)`. A word may hold those above it, so that none can hold itself.
 * @param complain Called for a word that the pack does not have; throws.
 */
export function withWords(pack: RulePack, complain: Complain): RulePack {
  const known = new Map<string, string>();
  const expand = (part: string, keys: readonly (string | number)[]): string =>
    part.replace(WORD, (_whole, name: string) => {
      const word = known.get(name);
      return word === undefined ? complain(keys, `the pack has no word {{${name}}}${keys[0] === 'words' ? ' above this one' : ''}`) : `(?:${word})`;
    });
  for (const [name, part] of Object.entries(pack.words)) known.set(name, expand(part, ['words', name]));
  const rules = pack.rules.map((rule, index) => {
    const filled = (field: 'patterns' | 'also'): string[] => (rule[field] ?? []).map((pattern, at) => expand(pattern, ['rules', index, field, at]));
    return { ...rule, patterns: filled('patterns'), ...(rule.also && { also: filled('also') }) };
  });
  return { ...pack, words: {}, rules };
}
