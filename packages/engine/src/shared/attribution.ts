import {
  type Attribution,
  learnedLogit,
  type Mark,
  type Normalised,
  originalSpan,
  type RuleFinding,
  type Screened,
  type Severity,
  type Span,
} from '@portcullis/core';
import type { Pace } from './encoder.ts';
import { judge, type Limits, type Models } from './judge.ts';

/** Most phrases that are left out in turn: a text of more words is left out in phrases of several. */
const MOST_READINGS = 32;
/** Marks of the models that weigh less than this say little. */
const LEAST_WEIGHT = 0.2;
const RULE_WEIGHT: Readonly<Record<Severity, number>> = { low: 0.3, medium: 0.7, high: 1, critical: 1 };

/** A half-open range of a reading's text. */
type Range = readonly [start: number, end: number];

/**
 * Which words made a verdict: those that rules matched, and those without which the models' score falls (occlusion, Zeiler and Fergus 2014). The reading that
 * scored highest is read again with one phrase left out, for each phrase of its strongest window, all in one batch.
 * @throws {PortcullisError} `inference-failed`, and what `checkpoint` throws.
 */
export async function attribute(models: Models, { variants, findings }: Screened, limits: Limits): Promise<Attribution> {
  const judged = await judge(models, variants, findings, limits);
  const worst = variants.find(({ provenance }) => provenance.join() === judged.provenance.join());
  const span = judged.signals.find(({ name }) => name === 'classifier')?.span;
  if (worst === undefined || span === undefined) return { marks: rulesMarks(findings), readings: 0 };
  const [from, to] = rangeOf(worst, span);
  const phrases = phrasesOf(worst.text.slice(from, to), MOST_READINGS).map(([start, end]): Range => [from + start, from + end]);
  const texts = [worst.text.slice(from, to), ...phrases.map(([start, end]) => worst.text.slice(from, start) + worst.text.slice(end, to))];
  const heard = models.voters.filter((_, place) => (judged.signals[place]?.name ?? '') in models.fusion.features);
  const [whole = 0, ...without] = await logitsOf({ ...models, voters: heard }, texts, limits);
  const falls = without.map((logit) => Math.max(0, whole - logit));
  const furthest = Math.max(...falls, Number.EPSILON);
  const marks = phrases.flatMap(([start, end], index): Mark[] => {
    const weight = (falls[index] ?? 0) / furthest;
    return weight < LEAST_WEIGHT ? [] : [{ span: originalSpan(worst, start, end), weight, by: 'models' }];
  });
  return { marks: [...rulesMarks(findings), ...marks].sort((a, b) => b.weight - a.weight), readings: texts.length };
}

/** Each text's joint logit of the learned heads, each text read by itself. Only their voters need to be asked. */
async function logitsOf({ windower, encoder, chunker, voters, fusion }: Models, texts: readonly string[], pace: Pace): Promise<number[]> {
  const readings = texts.map(placeless).map((normalised) => ({ normalised, windows: windower.windows(normalised), chunks: chunker(normalised) }));
  const embeddings = await encoder.embed(
    readings.flatMap(({ windows }) => windows),
    pace,
  );
  const logits: number[] = [];
  let from = 0;
  for (const reading of readings) {
    const scan = { ...reading, ruleFindings: [], embeddings: embeddings.slice(from, from + reading.windows.length) };
    from += reading.windows.length;
    const votes = await Promise.all(voters.map((vote) => vote(scan)));
    logits.push(
      learnedLogit(
        votes.map(({ signal }) => signal),
        fusion,
      ),
    );
  }
  return logits;
}

/** A text whose places nobody asks for. */
const placeless = (text: string): Normalised => ({ text, offsets: new Uint32Array(text.length + 1) });

/** Where a span of the original stands in a reading. */
function rangeOf({ text, offsets }: Normalised, [start, end]: Span): Range {
  const first = offsets.findIndex((offset) => offset >= start);
  const last = offsets.findIndex((offset) => offset >= end);
  return [Math.max(first, 0), last < 0 ? text.length : last];
}

/** The words of a text, or as many phrases of equally many words as are allowed; what stands between words belongs to none. */
export function phrasesOf(text: string, most: number): Range[] {
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].filter(({ isWordLike }) => isWordLike);
  const each = Math.max(1, Math.ceil(words.length / most));
  const phrases: Range[] = [];
  for (let index = 0; index < words.length; index += each) {
    const [first, last] = [words[index], words[Math.min(index + each, words.length) - 1]];
    if (first && last) phrases.push([first.index, last.index + last.segment.length]);
  }
  return phrases;
}

/** What rules matched, each place once, by the gravest of them. */
function rulesMarks(findings: readonly RuleFinding[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { span, severity, rule } of findings) {
    const weight = RULE_WEIGHT[severity];
    const known = marks.get(span.join());
    if (known === undefined || known.weight < weight) marks.set(span.join(), { span, weight, by: rule });
  }
  return [...marks.values()];
}
