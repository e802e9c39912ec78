import type { Span } from '../../verdict.ts';
import { trimmed } from './segment.ts';

// A line's label: `Q:`, `**Sample answer:**`, `A.`; or a heading that is nothing else.
const LABEL =
  /^[^\S\n]*(?:#{1,6} ?\**(?<heading>\p{L}[\p{L}\p{N} ]{0,19})\**:?[^\S\n]*$|\**(?:(?<label>\p{L}[\p{L}\p{N} ]{0,19})\**[:：]|(?<item>\p{L}[\p{L}\p{N}]{0,19})[.)])\**(?=\s|$))/gmu;
/** Questions in all, and so answered ones but one: a single exchange is a conversation. */
const FEWEST = 3;
/** UTF-16 code units of an answered question; what is longer is no example of anything. */
const LONGEST = 500;

/** A prompt of answered questions with one more to answer (Brown et al. 2020, few-shot). */
export interface Examples {
  /** Where the labels of questions and answers stand, ascending. */
  readonly labels: readonly Span[];
  /** What is asked in the end. */
  readonly question: Span;
}

/**
 * Questions and short answers in turn under the same two labels, whatever these are, and a question in the end that nothing answers.
 * Undefined of any other text; a line under a third label belongs to the turn that it stands in. Linear.
 */
export function examplesOf(text: string): Examples | undefined {
  const found = [...text.matchAll(LABEL)].map(({ 0: label, index, groups }) => ({
    name: (groups?.['heading'] ?? groups?.['label'] ?? groups?.['item'] ?? '').trim().toLowerCase(),
    span: [index, index + label.length] as const,
  }));
  const asks = repeated(found, FEWEST);
  const answers = repeated(found.slice(found.findIndex(({ name }) => name === asks)), FEWEST - 1, asks);
  const turns = found.filter(({ name }) => name === asks || name === answers);
  if (asks === undefined || answers === undefined || turns.some(({ name }, nth) => name !== (nth % 2 === 0 ? asks : answers))) return undefined;
  const questions = turns.filter(({ name }) => name === asks);
  const last = questions.at(-1);
  if (last === undefined || questions.length < FEWEST) return undefined;
  if (questions.some(({ span }, nth) => (questions[nth + 1]?.span[0] ?? span[0]) - span[0] > LONGEST)) return undefined;
  const end = turns.at(-1) === last ? text.length : (turns.at(-1)?.span[0] ?? text.length);
  const [question] = trimmed(text, 'user', last.span[1], end);
  const answered = turns.at(-1) !== last && /\S/.test(text.slice(turns.at(-1)?.span[1]));
  return question && !answered ? { labels: turns.map(({ span }) => span), question: question.span } : undefined;
}

/** The name of the first label that stands there so many times, `other` aside. */
function repeated(labels: readonly { readonly name: string }[], times: number, other?: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of labels) counts.set(name, (counts.get(name) ?? 0) + 1);
  return labels.find(({ name }) => name !== other && (counts.get(name) ?? 0) >= times)?.name;
}
