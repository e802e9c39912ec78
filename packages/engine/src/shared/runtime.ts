import { type Backend, PortcullisError } from '@portcullis/core';
import type { InferenceSession, Tensor } from 'onnxruntime-common';

/** A tensor as this engine uses them. */
export interface Input {
  readonly data: Int32Array | Float32Array;
  readonly dims: readonly number[];
}

/** A loaded graph. Runs must not overlap. */
export interface Session {
  /** Named inputs to named outputs, all outputs float32. */
  run(inputs: Readonly<Record<string, Input>>): Promise<Readonly<Record<string, Float32Array>>>;
}

/** A started backend. */
export interface Runtime {
  readonly backend: Backend;
  /** @param on `wasm`: beside the GPU, where one runs: for what is too small to gain by it. */
  load(graph: Uint8Array, weights?: { readonly path: string; readonly data: Uint8Array }, on?: 'wasm'): Promise<Session>;
}

/** The part of onnxruntime that both of its builds share. */
export interface Ort {
  readonly InferenceSession: { create(model: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession> };
  readonly Tensor: typeof Tensor;
}

/** Wraps onnxruntime as a `Runtime`. */
export function runtimeOn(ort: Ort, backend: Backend): Runtime {
  const provider: 'webgpu' | 'wasm' = backend === 'webgpu' ? 'webgpu' : 'wasm';
  return {
    backend,
    async load(graph, weights, on: 'webgpu' | 'wasm' = provider) {
      const session = await ort.InferenceSession.create(graph, {
        executionProviders: [on],
        graphOptimizationLevel: 'all',
        ...(weights && { externalData: [{ path: weights.path, data: weights.data }] }),
      }).catch((cause: unknown) => {
        throw new PortcullisError('backend-unavailable', `${backend}: ${String(cause)}`, { cause });
      });
      return { run: (inputs) => run(ort, session, inputs) };
    },
  };
}

async function run(ort: Ort, session: InferenceSession, inputs: Readonly<Record<string, Input>>): Promise<Record<string, Float32Array>> {
  const feeds: Record<string, Tensor> = {};
  for (const [name, { data, dims }] of Object.entries(inputs)) {
    feeds[name] = data instanceof Int32Array ? new ort.Tensor('int32', data, dims) : new ort.Tensor('float32', data, dims);
  }
  const outputs: Record<string, Float32Array> = {};
  try {
    const results = await session.run(feeds);
    for (const [name, tensor] of Object.entries(results)) {
      outputs[name] = (await tensor.getData()) as Float32Array;
      tensor.dispose();
    }
  } catch (cause) {
    throw new PortcullisError('inference-failed', String(cause), { cause });
  }
  return outputs;
}
