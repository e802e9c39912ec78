import { type AllowContext, type AllowList, applyAllow, compileRules, matchRules, openFrom, type RuleFinding } from '@portcullis/core';
import { answerPacks } from '@portcullis/rules/answers';

// This module is loaded when the models are: a page need not wait for it.
const RULES = compileRules(answerPacks);

/** Every finding of the rules for answers, less what the allow-list cancels. On the page: it takes less than a message to the worker and back. */
export function findingsIn(text: string, list: AllowList, context: AllowContext): readonly RuleFinding[] {
  return applyAllow(matchRules(RULES, text, undefined, 'assistant', Number.POSITIVE_INFINITY), text, list, context).findings;
}

/** Where, from a place on, a match may have begun that the text does not end. */
export function openIn(text: string, from: number): number {
  return openFrom(RULES, text, 'assistant', from);
}
