import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Policy, PortcullisError } from '@portcullis/core';
import * as ort from 'onnxruntime-web'; // its build for Node: the others cannot start threads there
import type { Bundle } from '../shared/bundle.ts';
import { type Engine, startEngine } from '../shared/engine.ts';
import { neededArtifacts, parseManifest } from '../shared/manifest.ts';
import { type Ort, runtimeOn } from '../shared/runtime.ts';
import { sha256 } from '../shared/sha256.ts';

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

async function readBundle(folder: string): Promise<Bundle> {
  const manifest = parseManifest(JSON.parse(new TextDecoder().decode(await read(folder, 'manifest.json'))));
  const files = new Map<string, Uint8Array>();
  for (const name of neededArtifacts(manifest, 'wasm')) {
    const bytes = await read(folder, name);
    if ((await sha256(bytes)) !== manifest.artifacts[name]?.sha256)
      throw new PortcullisError('bundle-corrupt', `${join(folder, name)}: SHA-256 differs from the manifest's`);
    files.set(name, bytes);
  }
  return { manifest, files };
}

async function read(folder: string, name: string): Promise<Uint8Array> {
  return readFile(join(folder, name)).catch((cause: unknown) => {
    throw new PortcullisError('bundle-missing', `${join(folder, name)} cannot be read`, { cause });
  });
}
