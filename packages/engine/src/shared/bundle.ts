import { PortcullisError } from '@portcullis/core';
import type { Manifest } from './manifest.ts';
import { jsonIn } from './manifest-parts.ts';

/** What every manifest has: its bundle's files by name. */
export type Listing = Pick<Manifest, 'artifacts'>;

/** A kind of bundle: how its manifest is read, and which files a start needs. */
export interface BundleKind<M extends Listing> {
  /** @throws {PortcullisError} `bundle-invalid`, `head-mismatch`. */
  readonly read: (manifest: Uint8Array) => M;
  readonly needed: (manifest: M) => readonly string[];
}

/** A verified bundle in memory: the manifest and the bytes of what a backend needs. */
export interface Bundle<M extends Listing = Manifest> {
  readonly manifest: M;
  readonly files: ReadonlyMap<string, Uint8Array>;
  /**
   * The same bundle with other artifacts: those that no start needs, verified like all.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`.
   */
  more(names: readonly string[]): Promise<Bundle<M>>;
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
  return jsonIn(name, fileOf(bundle, name));
}
