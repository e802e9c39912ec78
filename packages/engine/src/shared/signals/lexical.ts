import { type Normalised, originalSpan, PortcullisError, type Span } from '@portcullis/core';
import { fileOf } from '../bundle.ts';
import { overlapping } from '../overlapping.ts';
import { characterGrams, type Grams, wordGrams } from './grams.ts';
import { type SignalLoader, strongest } from './signal.ts';

/** Units of one chunk of the normalised text, and from the start of one to the start of the next; as models/training/pipeline/lexical.py has it. */
const CHUNK = 1000;
const STEP = 750;

/** Linear model on hashed n-grams: the words themselves, in languages that the encoder's vocabulary cuts to pieces, too. A text scores as its worst chunk does. */
export const loadLexical: SignalLoader = async (_runtime, bundle) => {
  const { weights: name, buckets, scale, bias } = bundle.manifest.heads.lexical;
  const bytes = fileOf(bundle, name);
  if (bytes.byteLength !== 4 * buckets) throw new PortcullisError('bundle-invalid', `${name} has ${bytes.byteLength} bytes, not ${4 * buckets}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const weights = Float32Array.from({ length: 2 * buckets }, (_, index) => view.getInt16(2 * index, true) * scale);
  const blocks = [linear(characterGrams, weights.subarray(0, buckets)), linear(wordGrams, weights.subarray(buckets))];
  return async ({ normalised }) => {
    const chunks = chunksOf(normalised);
    const logits = Float32Array.from(chunks, ({ text }) => blocks.reduce((logit, block) => logit + block(text), bias));
    const worst = strongest(logits);
    const raw = logits[worst] ?? Number.NaN;
    const span = chunks[worst]?.span ?? [0, 0];
    const score = 1 / (1 + Math.exp(-raw));
    return { signal: { name: 'lexical', score, raw, span }, findings: [{ signal: 'lexical', title: 'Worded like known attacks', score, span }] };
  };
};

/** Sums the weights of the distinct buckets that a text's grams fall into, over the root of their number: a vector of unit length. */
function linear(grams: Grams, weights: Float32Array): (text: string) => number {
  const seen = new Uint8Array(weights.length);
  return (text) => {
    seen.fill(0);
    let count = 0;
    let sum = 0;
    grams(text, (hash) => {
      const bucket = Math.abs(hash) % weights.length;
      if (seen[bucket] === 1) return;
      seen[bucket] = 1;
      count += 1;
      sum += weights[bucket] ?? 0;
    });
    return count === 0 ? 0 : sum / Math.sqrt(count);
  };
}

interface Chunk {
  readonly text: string;
  readonly span: Span;
}

/** All chunks of a text, in order; at least one, even of an empty text. */
function chunksOf(normalised: Normalised): Chunk[] {
  const { text } = normalised;
  return overlapping(text.length, CHUNK, STEP).map((start) => {
    const end = Math.min(start + CHUNK, text.length);
    return { text: text.slice(start, end).toLowerCase(), span: originalSpan(normalised, start, end) };
  });
}
