import { fileOf } from '../bundle.ts';
import { type SignalLoader, stacked, strongest } from './signal.ts';

/** From here on a text counts as unlike everything benign that the forest has seen: 99.5th percentile of the benign training rows. */
const UNUSUAL = 0.995;

/** Isolation forest on the embedding (AISecOps): the depth score, and the same between two percentiles of the benign training rows. */
export const loadAnomaly: SignalLoader = async (runtime, bundle) => {
  const session = await runtime.load(fileOf(bundle, bundle.manifest.heads.anomaly.graph));
  return async ({ windows, embeddings }) => {
    const { anomaly = new Float32Array(), raw = new Float32Array() } = await session.run({ embedding: stacked(embeddings) });
    const oddest = strongest(raw);
    const span = windows[oddest]?.span ?? [0, 0];
    const score = anomaly[oddest] ?? Number.NaN;
    const signal = { name: 'anomaly', score, raw: raw[oddest] ?? Number.NaN, span } as const;
    return { signal, findings: score >= UNUSUAL ? [{ signal: 'anomaly', title: 'Unlike ordinary prompts', score, span }] : [] };
  };
};
