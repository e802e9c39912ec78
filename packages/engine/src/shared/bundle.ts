import { PortcullisError } from '@portcullis/core';
import type { Manifest } from './manifest.ts';

/** A verified bundle in memory: the manifest and the bytes of what a backend needs. */
export interface Bundle {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * The same bundle with other artifacts: those that no start needs, verified like all.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`.
   */
  more(names: readonly string[]): Promise<Bundle>;
}

/**
 * The bytes of one artifact.
 * @throws {PortcullisError} `bundle-missing`.
 */
export function fileOf(bundle: Pick<Bundle, 'files'>, name: string): Uint8Array {
  const bytes = bundle.files.get(name);
  if (bytes === undefined) throw new PortcullisError('bundle-missing', `${name} was not loaded`);
  return bytes;
}

/**
 * One artifact parsed as JSON.
 * @throws {PortcullisError} `bundle-missing`, `bundle-invalid` for what is no JSON.
 */
export function jsonOf(bundle: Pick<Bundle, 'files'>, name: string): unknown {
  const bytes = fileOf(bundle, name);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PortcullisError('bundle-invalid', `${name} is no JSON`, { cause });
  }
}
