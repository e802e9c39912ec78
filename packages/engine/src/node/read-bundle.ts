import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PortcullisError } from '@portcullis/core';
import type { Bundle } from '../shared/bundle.ts';
import { neededArtifacts, readManifest } from '../shared/manifest.ts';
import { sha256 } from '../shared/sha256.ts';

/**
 * Reads a bundle's folder: what texts need, each file verified against the manifest.
 * @throws {PortcullisError} `bundle-missing`, `bundle-corrupt`, `bundle-invalid`, `head-mismatch`.
 */
export async function readBundle(folder: string): Promise<Bundle> {
  const manifest = readManifest(await read(folder, 'manifest.json'));
  const some = async (names: readonly string[]): Promise<Bundle> => {
    const files = new Map<string, Uint8Array>();
    for (const name of names) files.set(name, await verified(folder, name, manifest.artifacts[name]?.sha256));
    return { manifest, files, more: some };
  };
  return some(neededArtifacts(manifest));
}

async function verified(folder: string, name: string, sum: string | undefined): Promise<Uint8Array> {
  const bytes = await read(folder, name);
  if ((await sha256(bytes)) === sum) return bytes;
  throw new PortcullisError('bundle-corrupt', `${join(folder, name)}: SHA-256 differs from the manifest's`);
}

async function read(folder: string, name: string): Promise<Uint8Array> {
  return readFile(join(folder, name)).catch((cause: unknown) => {
    throw new PortcullisError('bundle-missing', `${join(folder, name)} cannot be read`, { cause });
  });
}
