import { fileOf } from '../bundle.ts';
import { type SignalLoader, stacked, strongest } from './signal.ts';

/** A head whose graph gives each embedding a calibrated `logit` and its `probability`; a text scores as its worst window does (TUP: maximum over variants). */
export function logitHead(name: 'classifier' | 'trees', title: string): SignalLoader {
  return async (runtime, bundle) => {
    const session = await runtime.load(fileOf(bundle, bundle.manifest.heads[name].graph));
    return async ({ windows, embeddings }) => {
      const { probability = new Float32Array(), logit = new Float32Array() } = await session.run({ embedding: stacked(embeddings) });
      const worst = strongest(logit);
      const span = windows[worst]?.span ?? [0, 0];
      const score = probability[worst] ?? Number.NaN;
      return { signal: { name, score, raw: logit[worst] ?? Number.NaN, span }, findings: [{ signal: name, title, score, span }] };
    };
  };
}
