import { env, pipeline } from '@huggingface/transformers';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/** A model in a pipeline of Transformers.js, on this thread. */
export interface Rival {
  /** Of the text as the model reads it, special ones included. */
  tokens(text: string): number;
  run(text: string): Promise<unknown>;
}

/**
 * As its guide has it: a pipeline, everything else left at its default. The runtime is the build that the library takes from a CDN by default, from
 * this host.
 * @param folder URL of the folder that has the models, each as a repository of the Hub.
 */
export async function loadRival(task: 'feature-extraction' | 'text-classification', folder: string, model: string): Promise<Rival> {
  const { wasm } = env.backends.onnx;
  if (wasm === undefined) throw new Error('the library has no runtime');
  wasm.wasmPaths = { mjs: new URL(asyncifyGlue, import.meta.url).href, wasm: new URL(asyncifyWasm, import.meta.url).href };
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = folder;
  const pipe = await pipeline(task, model, { dtype: 'q8' });
  // Its pipelines' types differ by task, and take no options of each other's.
  const run = pipe as (text: string, options?: object) => Promise<unknown>;
  const options = task === 'feature-extraction' ? [{ pooling: 'mean', normalize: true }] : [];
  return {
    tokens: (text) => pipe.tokenizer(text).input_ids.dims.at(-1) ?? 0,
    run: (text) => run(text, ...options),
  };
}

/** Of the library and of the runtime that it runs on. */
export const versions = { library: env.version, runtime: env.backends.onnx.versions?.web ?? 'unknown' };
