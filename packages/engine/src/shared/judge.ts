import { type Finding, type Fusion, fuse, PortcullisError, type RuleFinding, type Signal, type Variant } from '@portcullis/core';
import type { Encoder } from './encoder.ts';
import { readingsWithin } from './readings.ts';
import type { Voter } from './signals/signal.ts';
import type { Windower } from './windows.ts';

/** Everything that a bundle loads to. */
export interface Models {
  readonly windower: Windower;
  readonly encoder: Encoder;
  readonly voters: readonly Voter[];
  readonly fusion: Fusion;
}

/** What models and rules together make of a text. */
export interface Judged {
  /** Of the reading that scored highest. */
  readonly signals: readonly Signal[];
  readonly findings: readonly Finding[];
  readonly score: number;
  /** How that reading came about. */
  readonly provenance: readonly string[];
  /** Share of the text and of its readings that the models saw, in [0, 1]. */
  readonly coverage: number;
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
  maxTokens: number,
  checkpoint?: () => Promise<void>,
): Promise<Judged> {
  const { windower, encoder, voters, fusion } = models;
  const { readings, coverage } = readingsWithin(windower, variants, Math.ceil(maxTokens / windower.step));
  const embeddings = await encoder.embed(
    readings.flatMap(({ windows }) => windows),
    checkpoint,
  );
  let worst: Judged | undefined;
  let from = 0;
  for (const { variant, windows } of readings) {
    const scan = { normalised: variant, ruleFindings, windows, embeddings: embeddings.slice(from, from + windows.length) };
    from += windows.length;
    const votes = [];
    for (const vote of voters) votes.push(await vote(scan));
    const signals = votes.map((vote) => vote.signal);
    if (signals.some(({ score, raw }) => !Number.isFinite(score + raw))) throw new PortcullisError('inference-failed', 'a signal gave no number');
    const score = fuse(signals, fusion);
    if (worst !== undefined && worst.score >= score) continue;
    worst = { signals, findings: votes.flatMap((vote) => vote.findings), score, provenance: variant.provenance, coverage };
  }
  if (worst === undefined) throw new PortcullisError('inference-failed', 'there was nothing to read');
  return worst;
}
