import { fuse, normalise, parsePolicy } from '@portcullis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../shared/engine.ts';
import type { Manifest } from '../shared/manifest.ts';
import { loadAnomaly } from '../shared/signals/anomaly.ts';
import { loadIntent } from '../shared/signals/intent.ts';
import type { SignalLoader, Voter } from '../shared/signals/signal.ts';
import { loadSimilarity } from '../shared/signals/similarity.ts';
import { loadTrees } from '../shared/signals/trees.ts';
import { readBundle } from './read-bundle.ts';
import { startNodeEngine } from './start.ts';
import { bundleFolder, readGolden } from './testing/bundle-under-test.ts';
import { faultyRuntime } from './testing/faulty-runtime.ts';

/**
 * How far the engine may be from the training pipeline. Both compute with float32 and the same rounded weights, summed in another
 * order: cosines were within 2e-7 of 1, logits within 2e-3.
 */
const LEAST_COSINE = 0.99999;
const LOGIT = 1e-2;
const EXACT = 1e-5;
const WORDS = 1e-4;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

let engine: Engine;
let manifest: Manifest;
/**
 * Those that are compared on the pipeline's own embeddings: where a value lies on a split of a tree, the last bit decides between two
 * leaves, and the entropy is steep.
 */
const ALONE = { trees: loadTrees, similarity: loadSimilarity, intent: loadIntent, anomaly: loadAnomaly } satisfies Record<string, SignalLoader>;
const alone: [keyof typeof ALONE, Voter][] = [];
beforeAll(async () => {
  const bundle = await readBundle(bundleFolder);
  manifest = bundle.manifest;
  const { runtime } = faultyRuntime(bundle);
  for (const [name, load] of Object.entries(ALONE)) alone.push([name as keyof typeof ALONE, await load(runtime, bundle)]);
  // The normalised text alone: the pipeline decodes nothing.
  engine = await startNodeEngine(bundleFolder, parsePolicy({ blockSeverity: 'never', variants: { maxVariants: 1 } }));
});

// Token ids are compared in `shared/windows.test.ts`.
describe('the engine gives what the training pipeline computed', () => {
  it.each(readGolden())('for: $text', async (golden) => {
    const embeddings = await engine.embed(golden.text);
    expect(embeddings.length).toBe(golden.embeddings.length);
    for (const [index, embedding] of embeddings.entries()) expect(cosine(embedding, golden.embeddings[index] ?? [])).toBeGreaterThanOrEqual(LEAST_COSINE);

    const { signals, degraded } = await engine.scan(golden.text);
    expect(degraded?.missing ?? []).toEqual([]);
    const [classifier, lexical] = ['classifier', 'lexical'].map((name) => signals.find((signal) => signal.name === name));
    expect(Math.abs((classifier?.raw ?? Number.NaN) - golden.raw.classifier)).toBeLessThanOrEqual(LOGIT);
    expect(classifier?.score).toBeCloseTo(1 / (1 + Math.exp(-(classifier?.raw ?? Number.NaN))), 5);
    expect(Math.abs((lexical?.raw ?? Number.NaN) - golden.raw.lexical)).toBeLessThanOrEqual(WORDS);
    expect(lexical?.score).toBeCloseTo(1 / (1 + Math.exp(-golden.raw.lexical)), 4);
    const learned = signals.filter(({ name }) => name !== 'pattern');
    expect(Math.abs(fuse(learned, manifest.fusion) - golden.fused)).toBeLessThanOrEqual(LOGIT / 4);

    const scan = { embeddings: golden.embeddings.map((row) => Float32Array.from(row)), windows: [], chunks: [], ruleFindings: [], normalised: normalise('') };
    for (const [name, vote] of alone) {
      const { signal } = await vote(scan);
      expect(Math.abs(signal.raw - golden.raw[name]), name).toBeLessThanOrEqual(EXACT);
      if (name === 'anomaly') expect(Math.abs(signal.score - golden.anomaly)).toBeLessThanOrEqual(EXACT * 100);
    }
  });
});
