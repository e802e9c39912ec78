import { fuse, normalise, parsePolicy } from '@portcullis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../shared/engine.ts';
import type { Manifest } from '../shared/manifest.ts';
import { loadAnomaly } from '../shared/signals/anomaly.ts';
import type { Voter } from '../shared/signals/signal.ts';
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
const DEPTH = 1e-5;
const WORDS = 1e-4;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

let engine: Engine;
let manifest: Manifest;
let anomalyOf: Voter;
beforeAll(async () => {
  const bundle = await readBundle(bundleFolder);
  manifest = bundle.manifest;
  anomalyOf = await loadAnomaly(faultyRuntime(bundle).runtime, bundle);
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
    expect(Math.abs((classifier?.raw ?? Number.NaN) - golden.logits.classifier)).toBeLessThanOrEqual(LOGIT);
    expect(classifier?.score).toBeCloseTo(1 / (1 + Math.exp(-(classifier?.raw ?? Number.NaN))), 5);
    expect(Math.abs((lexical?.raw ?? Number.NaN) - golden.logits.lexical)).toBeLessThanOrEqual(WORDS);
    expect(lexical?.score).toBeCloseTo(1 / (1 + Math.exp(-golden.logits.lexical)), 4);
    const learned = signals.filter(({ name }) => name !== 'pattern');
    expect(Math.abs(fuse(learned, manifest.fusion) - golden.fused)).toBeLessThanOrEqual(LOGIT / 4);

    // From the pipeline's own embeddings: of a value that lies on a split, the last bit decides between two depths.
    const { signal } = await anomalyOf({
      embeddings: golden.embeddings.map((row) => Float32Array.from(row)),
      windows: [],
      ruleFindings: [],
      normalised: normalise(''),
    });
    expect(Math.abs(signal.raw - golden.raw)).toBeLessThanOrEqual(DEPTH);
    expect(Math.abs(signal.score - golden.anomaly)).toBeLessThanOrEqual(DEPTH * 100);
  });
});
