import { PortcullisError } from '@portcullis/core';
import type { AisecopsFeatures, AisecopsManifest } from '../shared/aisecops-manifest.ts';
import type { AisecopsScore } from '../shared/aisecops-protocol.ts';
import type { Bundle } from '../shared/bundle.ts';
import { dot } from '../shared/dot.ts';
import { lately } from '../shared/lately.ts';
import type { Runtime } from '../shared/runtime.ts';
import { normalisedEntropy } from '../shared/signals/intent.ts';
import { type AisecopsGraphs, loadGraphs } from './aisecops-graphs.ts';
import type { EmbedText } from './kept-vectors.ts';
import { patternScore } from './pattern-score.ts';

/** Embeddings of turns that are kept: a conversation's come again with each new one. */
const KEPT_TURNS = 64;
const WARM_UP = 'warm up';

/** What AISecOps' models run on, and what they compare a text with: unit vectors, all of one encoder. */
export interface AisecopsParts {
  readonly runtime: Runtime;
  readonly bundle: Bundle<AisecopsManifest>;
  readonly embed: EmbedText;
  /** Of known attacks; without any, the similarity counts for nothing. */
  readonly known: readonly Float32Array[];
  /** Of the intents' descriptions, by intent. */
  readonly intents: readonly (readonly Float32Array[])[];
}

/**
 * Loads AISecOps' models and warms them up.
 * @returns The score of a conversation's last turn: turns oldest first, one at least. It throws `inference-failed`.
 * @throws {PortcullisError} `bundle-invalid` for graphs that do not load or run.
 */
export async function startAisecops({ runtime, bundle, embed, known, intents }: AisecopsParts): Promise<(turns: readonly string[]) => Promise<AisecopsScore>> {
  const { fusion, trajectory, intents: spec } = bundle.manifest;
  const { means, threshold } = fusion;
  const prototypes = intents.map(directionOf);
  const vectors = lately<Float32Array>(KEPT_TURNS);
  const vectorOf = async (text: string): Promise<Float32Array> => {
    const vector = vectors.get(text) ?? (await embed(text));
    vectors.set(text, vector);
    return vector;
  };

  const featuresOf = async (graphs: AisecopsGraphs, turns: readonly string[]): Promise<AisecopsFeatures> => {
    const read: Float32Array[] = [];
    for (const turn of turns) read.push(await vectorOf(turn));
    const [text, last] = [turns.at(-1), read.at(-1)];
    if (text === undefined || last === undefined) throw new PortcullisError('input-invalid', 'a conversation has one turn at least');
    return {
      ...(await graphs.anomaly(last)),
      pattern_score: patternScore(text),
      max_similarity_score: known.length === 0 ? means.max_similarity_score : Math.max(...known.map((one) => dot(one, last))),
      trajectory_score: read.length < trajectory.minTurns ? means.trajectory_score : await graphs.trajectory(read),
      intent_entropy: normalisedEntropy(
        Float32Array.from(prototypes, (prototype) => dot(prototype, last)),
        spec.temperature,
      ),
    };
  };
  const score = async (graphs: AisecopsGraphs, turns: readonly string[]): Promise<AisecopsScore> => {
    const started = performance.now();
    const read = turns.slice(-trajectory.maxTurns);
    const features = await featuresOf(graphs, read);
    const found = await graphs.fusion(features);
    return { score: found, isAttack: found >= threshold, threshold, features, turns: read.length, latencyMs: performance.now() - started };
  };

  await vectorOf(WARM_UP);
  try {
    const graphs = await loadGraphs(runtime, bundle);
    await score(graphs, Array(trajectory.minTurns).fill(WARM_UP));
    return (turns) => score(graphs, turns);
  } catch (cause) {
    throw new PortcullisError('bundle-invalid', `AISecOps' graphs do not run: ${String(cause)}`, { cause });
  }
}

/** The direction of the vectors' mean, of length 1. */
function directionOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = Float32Array.from(vectors[0] ?? [], (_, place) => vectors.reduce((total, vector) => total + (vector[place] ?? Number.NaN), 0));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
