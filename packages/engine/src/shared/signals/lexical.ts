import { sigmoid } from '@portcullis/core';
import { type SignalLoader, strongest } from './signal.ts';

/** Linear model on hashed n-grams: the words themselves, in languages that the encoder's vocabulary cuts to pieces, too. A text scores as its worst chunk does. */
export const loadLexical: SignalLoader = async () => {
  return async ({ chunks }) => {
    const worst = chunks[strongest(Float32Array.from(chunks, ({ logit }) => logit))];
    const raw = worst?.logit ?? Number.NaN;
    const span = worst?.span ?? [0, 0];
    const score = sigmoid(raw);
    return { signal: { name: 'lexical', score, raw, span }, findings: [{ signal: 'lexical', title: 'Worded like known attacks', score, span }] };
  };
};
