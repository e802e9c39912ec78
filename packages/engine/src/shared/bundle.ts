import { PortcullisError } from '@portcullis/core';
import type { Manifest } from './manifest.ts';

/** A verified bundle in memory: the manifest and the bytes of what a backend needs. */
export interface Bundle {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The bytes of one artifact. */
export function fileOf(bundle: Bundle, name: string): Uint8Array {
  const bytes = bundle.files.get(name);
  if (bytes === undefined) throw new PortcullisError('bundle-missing', `${name} was not loaded`);
  return bytes;
}

/** One artifact parsed as JSON. */
export function jsonOf(bundle: Bundle, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(fileOf(bundle, name)));
  } catch (cause) {
    throw new PortcullisError('bundle-invalid', `${name} is no JSON`, { cause });
  }
}
