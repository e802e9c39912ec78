import { type AllowContext, type AllowList, applyAllow, compileInSteps, lazily, matchRules, openFrom, type RuleFinding, warmUpOpen } from '@portcullis/core';
import { answerPacks } from '@portcullis/rules/answers';

/** Families of what is private in any text, a prompt's too. */
const PRIVATE = ['output-pii', 'output-secrets'];
/** Families of what only tells that an answer is bad: it is no better without the words. */
const SIGNS = ['output-compliance'];
const PRIVATE_RULES = rulesOf(PRIVATE);
const SIGN_RULES = rulesOf(SIGNS);
/** So long this keeps the page from its work at a time. */
const SLICE_MS = 5;

/** The rules for answers, ready to run. On the page: it takes less than a message to the worker and back. */
export interface AnswerRules {
  /** Every finding in a text, less what the allow-list cancels. */
  findingsIn(text: string, list: AllowList, context: AllowContext): readonly RuleFinding[];
  /** Where, from a place on, a match that is to be taken out may have begun that the text does not end. */
  openIn(text: string, from: number): number;
}

/** Compiles the rules in slices: in one, it would keep the page from its work for longer than a person overlooks. */
export const answerRules = lazily(async (): Promise<AnswerRules> => {
  const rules = await inSlices(compileInSteps(answerPacks));
  // What is taken out must not pass in part.
  const waitedFor = { rules: rules.rules.filter(({ rule }) => !SIGN_RULES.has(rule.id)) };
  await inSlices(warmUpOpen(waitedFor));
  return {
    findingsIn: (text, list, context) => applyAllow(matchRules(rules, text, undefined, 'assistant', Number.POSITIVE_INFINITY), text, list, context).findings,
    openIn: (text, from) => openFrom(waitedFor, text, 'assistant', from),
  };
});

/** Whether a finding is of a secret or of personal data. */
export function isPrivate({ rule }: Pick<RuleFinding, 'rule'>): boolean {
  return PRIVATE_RULES.has(rule);
}

/** Whether a finding is the sign of a bad answer, which taking it out would only hide. */
export function isSign({ rule }: Pick<RuleFinding, 'rule'>): boolean {
  return SIGN_RULES.has(rule);
}

function rulesOf(families: readonly string[]): ReadonlySet<string> {
  return new Set(answerPacks.filter(({ family }) => families.includes(family)).flatMap(({ rules }) => rules.map(({ id }) => id)));
}

async function inSlices<T>(steps: Generator<undefined, T>): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    begun = performance.now();
  }
}
