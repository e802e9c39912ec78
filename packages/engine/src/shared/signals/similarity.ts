import { sigmoid } from '@portcullis/core';
import { fileOf } from '../bundle.ts';
import { cosinesTo } from './cosines.ts';
import { type SignalLoader, strongest } from './signal.ts';

/** Cosine of the embedding with the nearest of a bank of known attacks (AISecOps' `max_similarity_score`), and the share of attacks among texts so near. */
export const loadSimilarity: SignalLoader = async (_runtime, bundle) => {
  const { encoder, heads } = bundle.manifest;
  const { bank, size, scale, bias } = heads.similarity;
  const cosines = cosinesTo(bank, fileOf(bundle, bank), size, encoder.dimension);
  return async ({ windows, embeddings }) => {
    const nearest = Float32Array.from(embeddings, (embedding) => {
      const all = cosines(embedding);
      return all[strongest(all)] ?? Number.NaN;
    });
    const worst = strongest(nearest);
    const span = windows[worst]?.span ?? [0, 0];
    const raw = nearest[worst] ?? Number.NaN;
    const score = sigmoid(scale * raw + bias);
    return { signal: { name: 'similarity', score, raw, span }, findings: [{ signal: 'similarity', title: 'Close to a known attack', score, span }] };
  };
};
