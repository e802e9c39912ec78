import { fileOf } from '../bundle.ts';
import { type SignalLoader, stacked, strongest } from './signal.ts';

/** Logistic head on the embedding, calibrated on held-out rows; a text scores as its worst window does (TUP: maximum over variants). */
export const loadClassifier: SignalLoader = async (runtime, bundle) => {
  const session = await runtime.load(fileOf(bundle, bundle.manifest.heads.classifier.graph));
  return async ({ windows, embeddings }) => {
    const { probability = new Float32Array(), logit = new Float32Array() } = await session.run({ embedding: stacked(embeddings) });
    const worst = strongest(logit);
    const span = windows[worst]?.span ?? [0, 0];
    const score = probability[worst] ?? Number.NaN;
    const signal = { name: 'classifier', score, raw: logit[worst] ?? Number.NaN, span } as const;
    const title = 'Reads like an attack on the model’s instructions';
    return { signal, findings: [{ signal: 'classifier', title, score, span }] };
  };
};
