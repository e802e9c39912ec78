import { type Normalised, originalSpan, PortcullisError, type Span } from '@portcullis/core';
import { type Bundle, fileOf } from '../bundle.ts';
import { overlapping } from '../overlapping.ts';
import { characterGrams, type Grams, wordGrams } from './grams.ts';

/** Units of one chunk of the normalised text, and from the start of one to the start of the next; as models/training/pipeline/lexical.py has it. */
const CHUNK = 1000;
const STEP = 750;

/** A stretch of a text with the lexical head's calibrated logit. */
export interface Chunk {
  readonly span: Span;
  readonly logit: number;
}

/** Cuts a text into chunks and scores each by its hashed n-grams: cheap next to the encoder, so that it also tells which windows are read first. */
export type Chunker = (normalised: Normalised) => readonly Chunk[];

/** @throws {PortcullisError} `bundle-invalid` where the weights are not as many as the manifest says. */
export function loadChunker(bundle: Bundle): Chunker {
  const { weights: name, buckets, scale, bias } = bundle.manifest.heads.lexical;
  const bytes = fileOf(bundle, name);
  if (bytes.byteLength !== 4 * buckets) throw new PortcullisError('bundle-invalid', `${name} has ${bytes.byteLength} bytes, not ${4 * buckets}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const weights = Float32Array.from({ length: 2 * buckets }, (_, index) => view.getInt16(2 * index, true) * scale);
  const blocks = [linear(characterGrams, weights.subarray(0, buckets)), linear(wordGrams, weights.subarray(buckets))];
  return (normalised) => {
    const { text } = normalised;
    return overlapping(text.length, CHUNK, STEP).map((start) => {
      const end = Math.min(start + CHUNK, text.length);
      const lower = text.slice(start, end).toLowerCase();
      return { span: originalSpan(normalised, start, end), logit: blocks.reduce((logit, block) => logit + block(lower), bias) };
    });
  };
}

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
