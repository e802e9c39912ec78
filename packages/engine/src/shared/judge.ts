import {
  type Finding,
  type Fusion,
  farAbove,
  fuse,
  type Languages,
  learnedLogit,
  logit,
  PortcullisError,
  type RuleFinding,
  type Signal,
  sigmoid,
  type Variant,
} from '@portcullis/core';
import type { TextReading } from '@portcullis/core/conversation';
import type { Encoder, Pace } from './encoder.ts';
import { passagesOf } from './passages.ts';
import { readingsWithin, type WindowedReading, windowed } from './readings.ts';
import type { Chunker } from './signals/chunks.ts';
import type { Scan, Voter } from './signals/signal.ts';
import type { Suspect } from './suspicion.ts';
import type { Window, Windower } from './windows.ts';

/** Everything that a bundle loads to. */
export interface Models {
  /** Of the words that scrambled ones may have been. */
  readonly languages: Languages;
  readonly windower: Windower;
  readonly encoder: Encoder;
  readonly chunker: Chunker;
  readonly voters: readonly Voter[];
  readonly fusion: Fusion;
}

/** What models and rules together make of a text. */
export interface Judged {
  /** Of the reading that scored highest, in the order of the voters. */
  readonly signals: readonly Signal[];
  readonly findings: readonly Finding[];
  readonly score: number;
  /** How that reading came about. */
  readonly provenance: readonly string[];
  /** Share of the text and of its readings that the models saw, in [0, 1]. */
  readonly coverage: number;
  /** Of that reading, for those who read several texts in a row. */
  readonly reading: TextReading;
}

/** How much of a text the models may read. */
export interface Limits extends Pace {
  /** Most of what all readings have together. What is not embedded by the deadline is left out, too, the least suspicious first. */
  readonly maxTokens: number;
  /** Most readings, those that the policy's `maxVariants` bounds and what is read alone. */
  readonly maxReadings: number;
  /** Score that blocks: beyond it there is nothing more to find out. Left out for no second look. */
  readonly block?: number;
}

/** What `checkpoint` throws to end a scan; it passes through, no verdict is made. */
export class Aborted extends Error {}

/** Probability of an attack from which a text that passes is looked at a second time; set on training rows and on the validation texts. */
const DOUBT = 0.05;

/**
 * Scores every reading; the text scores as its worst one does (TUP: maximum over variants). Where that leaves a doubt, from `DOUBT` to far above
 * what blocks, the passages of that reading are read alone as well, if there is room for them: a worse one counts in place of the whole, and a
 * whole that blocks though none of them would counts half.
 * @throws {PortcullisError} `inference-failed`, and what `checkpoint` throws.
 */
export async function judge(
  models: Models,
  variants: readonly Variant[],
  ruleFindings: readonly RuleFinding[],
  { maxTokens, maxReadings, block = 0, ...pace }: Limits,
): Promise<Judged> {
  const { windower, chunker } = models;
  const most = Math.ceil(maxTokens / windower.step);
  const { readings, total } = readingsWithin(windower, chunker, variants, ruleFindings, most, maxReadings);
  const { worst, of, seen } = await worstOf(models, readings, ruleFindings, pace);
  const whole = of?.part ? readings[0]?.variant : of;
  if (worst === undefined || whole === undefined) throw new PortcullisError('inference-failed', 'there was nothing to read');
  const judged = { ...worst, coverage: seen / total };
  const late = pace.deadline !== undefined && performance.now() >= pace.deadline;
  if (late || block === 0 || worst.score < DOUBT || worst.score >= farAbove(block)) return judged;
  // By the same name: they are parts of that reading, as windows are.
  const passages = passagesOf(whole).map((passage): Variant => ({ ...whole, ...passage, part: true }));
  const left = most - readings.reduce((sum, { suspects }) => sum + suspects.length, 0);
  if (passages.length === 0 || passages.length > Math.min(left, maxReadings - readings.length)) return judged;
  const again = windowed(windower, chunker, passages, ruleFindings, left);
  const { worst: alone } = await worstOf(models, again.readings, ruleFindings, pace);
  if (alone === undefined) return judged;
  if (alone.score > judged.score) return { ...judged, ...alone };
  return whole === of && judged.score >= block && alone.score < block ? { ...judged, score: between(judged.score, alone.score) } : judged;
}

/** The probability half-way between two, by their log-odds: what a whole that mixes texts and its worst passage say together. */
const between = (one: number, other: number): number => sigmoid((logit(one) + logit(other)) / 2);

interface Worst {
  /** Undefined where no window was read by the deadline. */
  readonly worst: Omit<Judged, 'coverage'> | undefined;
  /** The reading that this is of. */
  readonly of: Variant | undefined;
  /** Windows read, those of parts aside. */
  readonly seen: number;
}

/** Embeds the windows of readings, the most suspicious first, and scores each reading. */
async function worstOf(
  { encoder, voters, fusion }: Models,
  readings: readonly WindowedReading[],
  ruleFindings: readonly RuleFinding[],
  pace: Pace,
): Promise<Worst> {
  const queue = readings.flatMap(({ suspects }) => suspects).sort((a, b) => b.suspicion - a.suspicion);
  const embeddings = await encoder.embed(
    queue.map(({ window }) => window),
    pace,
  );
  const embedded = new Map<Window, Float32Array>(embeddings.map((embedding, place) => [(queue[place] as Suspect).window, embedding]));
  let worst: Worst['worst'];
  let of: Worst['of'];
  let all = 0;
  for (const { variant, chunks, suspects } of readings) {
    const seen = suspects.flatMap(({ window }) => {
      const embedding = embedded.get(window);
      return embedding ? [{ window, embedding }] : [];
    });
    if (!variant.part) all += seen.length;
    if (seen.length === 0) continue;
    const scan = { normalised: variant, ruleFindings, chunks, windows: seen.map(({ window }) => window), embeddings: seen.map(({ embedding }) => embedding) };
    const votes = [];
    for (const vote of voters) votes.push(await vote(scan));
    const signals = votes.map((vote) => vote.signal);
    if (signals.some(({ score, raw }) => !Number.isFinite(score + raw))) throw new PortcullisError('inference-failed', 'a signal gave no number');
    const score = fuse(signals, fusion);
    if (worst !== undefined && worst.score >= score) continue;
    worst = { signals, findings: votes.flatMap((vote) => vote.findings), score, provenance: variant.provenance, reading: readingOf(scan, signals, fusion) };
    of = variant;
  }
  return { worst, of, seen: all };
}

/** The embedding of the window that the classifier found worst, and what the learned signals join to. */
function readingOf({ windows, embeddings }: Scan, signals: readonly Signal[], fusion: Fusion): TextReading {
  const spanOf = signals.find(({ name }) => name === 'classifier')?.span;
  const worst = windows.findIndex(({ span }) => span === spanOf);
  return { embedding: embeddings[worst] ?? embeddings[0] ?? new Float32Array(), logit: learnedLogit(signals, fusion) };
}
