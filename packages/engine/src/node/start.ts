import type { Policy } from '@portcullis/core';
import * as ort from 'onnxruntime-web'; // its build for Node: the others cannot start threads there
import { type Engine, startEngine } from '../shared/engine.ts';
import { type Ort, runtimeOn } from '../shared/runtime.ts';
import { readBundle } from './read-bundle.ts';

/**
 * Starts the engine in Node, on the same WASM runtime as in the browser.
 * @param folder the bundle's folder.
 * @throws {PortcullisError} `bundle-missing`, `bundle-corrupt`, `bundle-invalid`, `head-mismatch`.
 */
export async function startNodeEngine(folder: string, policy: Policy, threads = 1): Promise<Engine> {
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = threads;
  const runtime = runtimeOn(ort as Ort, threads > 1 ? 'wasm-threads' : 'wasm');
  return startEngine(runtime, await readBundle(folder), policy);
}
