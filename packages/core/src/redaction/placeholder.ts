import type { RuleFinding } from '../verdict.ts';

/** What a placeholder looks like: `[EMAIL_1]`. Bounded, so that a stream knows how long it may have to wait for the end of one. */
export const PLACEHOLDER = /\[[A-Z][A-Z0-9_]{0,62}_\d{1,9}\]/g;

/** The beginning of what may become one, at the end of a text. */
export const UNFINISHED_PLACEHOLDER = /\[(?:[A-Z][A-Z0-9_]{0,72})?$/;

const RULE_ID = /^[a-z]{2}-([a-z]+)-\d{3}$/;
const LONGEST_KIND = 32;

/** What a finding's placeholder is called: the word of the rule's id, `CARD` for `op-card-001`; ways to reach a person by their look. */
export function kindOf({ rule, excerpt }: Pick<RuleFinding, 'rule' | 'excerpt'>): string {
  const word = RULE_ID.exec(rule)?.[1] ?? rule;
  if (word === 'contact') return excerpt.includes('@') ? 'EMAIL' : 'PHONE';
  const name = word.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^[A-Z]/.test(name) ? name.slice(0, LONGEST_KIND) : 'TEXT';
}
