import { type Finding, type Fusion, fuse, learnedLogit, PortcullisError, type RuleFinding, type Signal, type Variant } from '@portcullis/core';
import type { TextReading } from '@portcullis/core/conversation';
import type { Encoder, Pace } from './encoder.ts';
import { readingsWithin } from './readings.ts';
import type { Chunker } from './signals/chunks.ts';
import type { Scan, Voter } from './signals/signal.ts';
import type { Suspect } from './suspicion.ts';
import type { Window, Windower } from './windows.ts';

/** Everything that a bundle loads to. */
export interface Models {
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
  /** Most readings, those that the policy's `maxVariants` bounds and the stretch that is read alone. */
  readonly maxReadings: number;
}

/** What `checkpoint` throws to end a scan; it passes through, no verdict is made. */
export class Aborted extends Error {}

/**
 * Scores every reading; the text scores as its worst one does (TUP: maximum over variants).
 * @throws {PortcullisError} `inference-failed`, and what `checkpoint` throws.
 */
export async function judge(
  models: Models,
  variants: readonly Variant[],
  ruleFindings: readonly RuleFinding[],
  { maxTokens, maxReadings, ...pace }: Limits,
): Promise<Judged> {
  const { windower, encoder, chunker, voters, fusion } = models;
  const { readings, total } = readingsWithin(windower, chunker, variants, ruleFindings, Math.ceil(maxTokens / windower.step), maxReadings);
  const queue = readings.flatMap(({ suspects }) => suspects).sort((a, b) => b.suspicion - a.suspicion);
  const embeddings = await encoder.embed(
    queue.map(({ window }) => window),
    pace,
  );
  const embedded = new Map<Window, Float32Array>(embeddings.map((embedding, place) => [(queue[place] as Suspect).window, embedding]));
  const scans = readings.map(({ variant, chunks, suspects }) => {
    const seen = suspects.flatMap(({ window }) => {
      const embedding = embedded.get(window);
      return embedding ? [{ window, embedding }] : [];
    });
    return { variant, chunks, seen };
  });
  const coverage = scans.reduce((sum, { variant, seen }) => sum + (variant.part ? 0 : seen.length), 0) / total;
  let worst: Judged | undefined;
  for (const { variant, chunks, seen } of scans) {
    if (seen.length === 0) continue;
    const scan = { normalised: variant, ruleFindings, chunks, windows: seen.map(({ window }) => window), embeddings: seen.map(({ embedding }) => embedding) };
    const votes = [];
    for (const vote of voters) votes.push(await vote(scan));
    const signals = votes.map((vote) => vote.signal);
    if (signals.some(({ score, raw }) => !Number.isFinite(score + raw))) throw new PortcullisError('inference-failed', 'a signal gave no number');
    const score = fuse(signals, fusion);
    if (worst !== undefined && worst.score >= score) continue;
    worst = {
      signals,
      findings: votes.flatMap((vote) => vote.findings),
      score,
      provenance: variant.provenance,
      coverage,
      reading: readingOf(scan, signals, fusion),
    };
  }
  if (worst === undefined) throw new PortcullisError('inference-failed', 'there was nothing to read');
  return worst;
}

/** The embedding of the window that the classifier found worst, and what the learned signals join to. */
function readingOf({ windows, embeddings }: Scan, signals: readonly Signal[], fusion: Fusion): TextReading {
  const spanOf = signals.find(({ name }) => name === 'classifier')?.span;
  const worst = windows.findIndex(({ span }) => span === spanOf);
  return { embedding: embeddings[worst] ?? embeddings[0] ?? new Float32Array(), logit: learnedLogit(signals, fusion) };
}
