import type { Backend } from '@portcullis/core';
import asyncifyGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmGlue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { type Ort, type Runtime, runtimeOn } from '../shared/runtime.ts';
import { RUNTIME_SUMS, type RuntimeSum } from './runtime-sums.ts';

/** More threads than this gain nothing on a six-layer encoder, and the page needs cores as well. */
const MAX_THREADS = 4;

type OrtModule = Ort & typeof import('onnxruntime-web/wasm');

type FetchRuntime = (url: string, sum: RuntimeSum) => Promise<Uint8Array>;

/** `y = x`, as ONNX. */
const IDENTITY = 'CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBE=';

/** A runtime that is there, and compiles on other threads. */
export interface Starting {
  /** Heard of where it is awaited. */
  readonly running: Promise<Runtime>;
}

/** Loads the runtime of a backend. It starts with its first session: one of nothing, so that it need not wait for the models. */
export async function startRuntime(backend: Backend, fetchRuntime: FetchRuntime): Promise<Starting> {
  const runtime = runtimeOn(await startOrt(backend, fetchRuntime), backend);
  const nothing = Uint8Array.from(atob(IDENTITY), (character) => character.charCodeAt(0));
  const running = runtime.load(nothing, undefined, 'wasm').then(() => runtime);
  running.catch(() => {});
  return { running };
}

/**
 * Loads the one onnxruntime build that a backend needs. Its wasm comes through `fetchRuntime`, hence from the store on a second visit.
 */
export async function startOrt(backend: Backend, fetchRuntime: FetchRuntime): Promise<OrtModule> {
  const { ort, glue, wasm, sum } = await moduleOf(backend);
  const { env } = ort;
  env.logLevel = 'error';
  env.wasm.wasmPaths = { mjs: new URL(glue, import.meta.url).href };
  const { buffer, byteOffset, byteLength } = await fetchRuntime(new URL(wasm, import.meta.url).href, sum);
  const whole = byteLength === buffer.byteLength;
  env.wasm.wasmBinary = (whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer;
  env.wasm.numThreads = backend === 'wasm-threads' ? Math.min(navigator.hardwareConcurrency || 1, MAX_THREADS) : 1;
  return ort;
}

async function moduleOf(backend: Backend): Promise<{ ort: OrtModule; glue: string; wasm: string; sum: RuntimeSum }> {
  if (backend === 'webgpu') {
    const ort = (await import('onnxruntime-web/webgpu')) as unknown as OrtModule;
    return { ort, glue: asyncifyGlue, wasm: asyncifyWasm, sum: RUNTIME_SUMS['ort-wasm-simd-threaded.asyncify.wasm'] };
  }
  return { ort: await import('onnxruntime-web/wasm'), glue: wasmGlue, wasm: wasmWasm, sum: RUNTIME_SUMS['ort-wasm-simd-threaded.wasm'] };
}
