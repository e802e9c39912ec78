import { fileOf } from '../bundle.ts';
import { cosinesTo } from './cosines.ts';
import { type SignalLoader, strongest } from './signal.ts';

/**
 * How unclear it is what a text wants (AISecOps' `intent_entropy`): the entropy of a zero-shot classification over intents, as a share
 * of the largest there is; of several windows the least clear one. It speaks of doubt, not of malice.
 */
export const loadIntent: SignalLoader = async (_runtime, bundle) => {
  const { encoder, heads } = bundle.manifest;
  const { prototypes, size, temperature } = heads.intent;
  const cosines = cosinesTo(prototypes, fileOf(bundle, prototypes), size, encoder.dimension);
  return async ({ windows, embeddings }) => {
    const entropies = Float32Array.from(embeddings, (embedding) => normalisedEntropy(cosines(embedding), temperature));
    const least = strongest(entropies);
    const score = entropies[least] ?? Number.NaN;
    return { signal: { name: 'intent', score, raw: score, span: windows[least]?.span ?? [0, 0] }, findings: [] };
  };
};

/** Entropy of the softmax of `cosines` over `temperature`, as a share of that of equal chances: in [0, 1]. */
export function normalisedEntropy(cosines: Float32Array, temperature: number): number {
  const highest = Math.max(...cosines);
  const weights = Array.from(cosines, (cosine) => Math.exp((cosine - highest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const entropy = weights.reduce((sum, weight) => (weight === 0 ? sum : sum - (weight / total) * Math.log(weight / total)), 0);
  return Math.min(entropy / Math.log(cosines.length), 1);
}
