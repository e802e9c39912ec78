import { createHash } from 'node:crypto';
import type { Manifest } from '../../shared/manifest.ts';

const NAMES = ['wasm.onnx', 'webgpu.onnx', 'weights.bin', 'classifier.onnx', 'anomaly.onnx', 'lexical.bin', 'tokenizer.json', 'tokenizer_config.json'];

/** A bundle that is whole by its manifest, of files that hold a few made-up bytes each: for everything but inference. */
export function madeUpBundle(): { manifest: Manifest; files: Map<string, Uint8Array> } {
  const files = new Map(NAMES.map((name) => [name, new TextEncoder().encode(`the bytes of ${name}`)]));
  const artifacts = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') }]),
  );
  const manifest: Manifest = {
    format: 1,
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
      weights: 'weights.bin',
      graphs: { wasm: 'wasm.onnx', webgpu: 'webgpu.onnx' },
    },
    heads: {
      classifier: { graph: 'classifier.onnx', encoder: 'encoder@abc' },
      anomaly: { graph: 'anomaly.onnx', encoder: 'encoder@abc' },
      lexical: { weights: 'lexical.bin', buckets: 4, scale: 0.001, bias: -1 },
    },
    fusion: { weights: { classifier: 0.6, lexical: 0.4 }, bias: 0 },
    thresholds: { block: 0.6, warn: 0.5 },
    licences: [{ part: 'all', licence: 'Apache-2.0' }],
  };
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
  return { manifest, files };
}
