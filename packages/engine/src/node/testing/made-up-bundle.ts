import { createHash } from 'node:crypto';
import type { Manifest } from '../../shared/manifest.ts';

const NAMES = [
  'encoder.onnx',
  'weights.bin',
  'classifier.onnx',
  'lexical.bin',
  'trees.onnx',
  'bank.bin',
  'intents.bin',
  'anomaly.onnx',
  'tokenizer.json',
  'tokenizer_config.json',
];

/** A bundle that is whole by its manifest, of files that hold a few made-up bytes each: for everything but inference. */
export function madeUpBundle(): { manifest: Manifest; files: Map<string, Uint8Array> } {
  const files = new Map(NAMES.map((name) => [name, new TextEncoder().encode(`the bytes of ${name}`)]));
  const artifacts = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }]),
  );
  const manifest: Manifest = {
    format: 2,
    id: 'made-up',
    version: '1.0.0',
    artifacts,
    encoder: {
      id: 'encoder',
      revision: 'abc',
      dimension: 8,
      maxTokens: 32,
      overlapTokens: 8,
      prefix: 'query: ',
      pooling: 'mean',
      tokenizer: 'tokenizer.json',
      tokenizerConfig: 'tokenizer_config.json',
      graph: 'encoder.onnx',
      weights: 'weights.bin',
    },
    heads: {
      classifier: { graph: 'classifier.onnx', encoder: 'encoder@abc' },
      lexical: { weights: 'lexical.bin', buckets: 4, scale: 0.001, bias: -1 },
      trees: { graph: 'trees.onnx', encoder: 'encoder@abc' },
      similarity: { bank: 'bank.bin', size: 2, scale: 9, bias: -7, encoder: 'encoder@abc' },
      intent: { prototypes: 'intents.bin', size: 2, temperature: 0.1, encoder: 'encoder@abc' },
      anomaly: { graph: 'anomaly.onnx', encoder: 'encoder@abc' },
    },
    fusion: { features: { classifier: { weight: 2, mean: -3, std: 2 }, lexical: { weight: 0.5, mean: -4, std: 2 } }, bias: 0 },
    thresholds: { block: 0.6, warn: 0.5 },
    calibration: { rows: { benign: 90, attacks: 10 }, falsePositiveRates: { block: 0.01, warn: 0.02 }, youden: { threshold: 0.3, j: 0.9 } },
    licences: [{ part: 'all', licence: 'Apache-2.0' }],
  };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  return { manifest, files };
}
