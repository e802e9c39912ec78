import { type AllowContext, compileRules, type HiddenContext, type InForce, type Languages, leakFindings, type Screened, screen } from '@portcullis/core';
import { answerPacks } from '@portcullis/rules/answers';

const RULES = compileRules(answerPacks);

/** `screen` for what a model says. Loaded with the first answer: most pages never scan one. */
export function screenAnswer(text: string, inForce: InForce, context: AllowContext & HiddenContext, languages: Languages): Screened {
  return screen(RULES, text, inForce, context, { findLeaks: leakFindings, languages });
}
