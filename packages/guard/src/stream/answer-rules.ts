import { type AllowContext, type AllowList, applyAllow, compileRules, matchRules, openFrom, type RuleFinding } from '@portcullis/core';
import { answerPacks } from '@portcullis/rules/answers';

/** Families of what is private in any text, a prompt's too. */
const PRIVATE = ['output-pii', 'output-secrets'];
/** Families of what only tells that an answer is bad: it is no better without the words. */
const SIGNS = ['output-compliance'];

// This module is loaded when the models are: a page need not wait for it.
const RULES = compileRules(answerPacks);
/** The rules whose matches are taken out, and must not pass in part. */
const WAITED_FOR = compileRules(answerPacks.filter(({ family }) => !SIGNS.includes(family)));
const PRIVATE_RULES = rulesOf(PRIVATE);
const SIGN_RULES = rulesOf(SIGNS);

/** Every finding of the rules for answers, less what the allow-list cancels. On the page: it takes less than a message to the worker and back. */
export function findingsIn(text: string, list: AllowList, context: AllowContext): readonly RuleFinding[] {
  return applyAllow(matchRules(RULES, text, undefined, 'assistant', Number.POSITIVE_INFINITY), text, list, context).findings;
}

/** Whether a finding is of a secret or of personal data. */
export function isPrivate({ rule }: Pick<RuleFinding, 'rule'>): boolean {
  return PRIVATE_RULES.has(rule);
}

/** Whether a finding is the sign of a bad answer, which taking it out would only hide. */
export function isSign({ rule }: Pick<RuleFinding, 'rule'>): boolean {
  return SIGN_RULES.has(rule);
}

/** Where, from a place on, a match that is to be taken out may have begun that the text does not end. */
export function openIn(text: string, from: number): number {
  return openFrom(WAITED_FOR, text, 'assistant', from);
}

function rulesOf(families: readonly string[]): ReadonlySet<string> {
  return new Set(answerPacks.filter(({ family }) => families.includes(family)).flatMap(({ rules }) => rules.map(({ id }) => id)));
}
