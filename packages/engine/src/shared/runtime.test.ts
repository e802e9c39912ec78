import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from '../node/read-bundle.ts';
import { bundleFolder } from '../node/testing/bundle-under-test.ts';
import { type Bundle, fileOf } from './bundle.ts';
import { type Ort, runtimeOn } from './runtime.ts';

ort.env.logLevel = 'fatal';
ort.env.wasm.numThreads = 1;
const runtime = runtimeOn(ort as Ort, 'wasm');

let bundle: Bundle;
beforeAll(async () => {
  bundle = await readBundle(bundleFolder);
});

describe('runtimeOn', () => {
  it.each(['wasm', 'wasm-threads', 'webgpu'] as const)('tells that it runs on %s', (backend) => {
    expect(runtimeOn(ort as Ort, backend)).toMatchObject({ backend });
  });

  it('runs a graph on a batch', async () => {
    const { dimension } = bundle.manifest.encoder;
    const session = await runtime.load(fileOf(bundle, bundle.manifest.heads.classifier.graph));
    const { logit, probability } = await session.run({ embedding: { data: new Float32Array(2 * dimension), dims: [2, dimension] } });
    expect(logit?.length).toBe(2);
    expect(probability?.[1]).toBeCloseTo(1 / (1 + Math.exp(-(logit?.[1] ?? Number.NaN))), 6);
  });

  it('refuses what is no graph', async () => {
    await expect(runtime.load(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringMatching(/^wasm: /),
      cause: expect.anything(),
    });
  });

  it('refuses an encoder without its weights', async () => {
    await expect(runtime.load(fileOf(bundle, bundle.manifest.encoder.graph))).rejects.toMatchObject({ code: 'backend-unavailable' });
  });

  it.each([
    ['a wrong name', 'wrong', [1, 384]],
    ['a wrong shape', 'embedding', [1, 7]],
  ])('fails a run with %s', async (_name, input, dims) => {
    const session = await runtime.load(fileOf(bundle, bundle.manifest.heads.classifier.graph));
    const size = dims.reduce((product, dim) => product * dim, 1);
    await expect(session.run({ [input]: { data: new Float32Array(size), dims } })).rejects.toMatchObject({ code: 'inference-failed' });
  });
});
