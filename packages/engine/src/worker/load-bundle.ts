import { PortcullisError } from '@portcullis/core';
import type { Bundle } from '../shared/bundle.ts';
import { type Manifest, neededArtifacts, readManifest } from '../shared/manifest.ts';
import type { LoadProgress } from '../shared/protocol.ts';
import { sha256 } from '../shared/sha256.ts';
import { download } from './download.ts';
import type { ArtifactStore } from './store.ts';

/** Reads, from the store or the network, and tells how far it is. */
export class BundleLoader {
  /** Bytes that came over the network. */
  downloadedBytes = 0;

  constructor(
    private readonly store: ArtifactStore,
    private readonly onProgress: (progress: LoadProgress) => void,
  ) {}

  /**
   * The manifest of a bundle's folder. A bundle's URL never changes its content, so a stored manifest needs no network.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-invalid`, `head-mismatch`.
   */
  async manifest(base: string): Promise<Manifest> {
    const key = `manifest:${base}`;
    const stored = await this.store.get(key);
    if (stored !== undefined) {
      try {
        return readManifest(stored);
      } catch {
        await this.store.delete(key);
      }
    }
    const bytes = await this.fetch(new URL('manifest.json', base).href, () => {});
    const manifest = readManifest(bytes);
    await this.store.set(key, bytes);
    return manifest;
  }

  /** The artifacts that a backend needs, each verified against the manifest before it is used or kept. */
  async bundle(base: string, manifest: Manifest, graph: 'wasm' | 'webgpu'): Promise<Bundle> {
    const names = neededArtifacts(manifest, graph);
    const sizeOf = (name: string): number => manifest.artifacts[name]?.bytes ?? 0;
    const total = names.reduce((sum, name) => sum + sizeOf(name), 0);
    const files = new Map<string, Uint8Array>();
    let before = 0;
    for (const name of names) {
      const tell = (phase: 'download' | 'verify', loaded: number, fromCache: boolean): void =>
        this.onProgress({ phase, artifact: name, loaded: before + Math.min(loaded, sizeOf(name)), total, fromCache });
      files.set(name, await this.artifact(base, manifest, name, tell));
      before += sizeOf(name);
    }
    return { manifest, files };
  }

  /**
   * The runtime's wasm, kept by its URL, which carries a hash of its content. No manifest lists it, so it is known by its first bytes:
   * servers and hotspots send pages of their own with status 200, and such a one must not be kept.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt` for what is no WebAssembly.
   */
  async runtime(url: string): Promise<Uint8Array> {
    const key = `runtime:${url}`;
    const stored = await this.store.get(key);
    if (stored !== undefined) {
      if (isWasm(stored)) return stored;
      await this.store.delete(key);
    }
    const bytes = await this.fetch(url, (loaded) => this.onProgress({ phase: 'download', artifact: 'runtime', loaded, total: loaded, fromCache: false }));
    if (!isWasm(bytes)) throw new PortcullisError('bundle-corrupt', `${url}: what came is no WebAssembly`);
    await this.store.set(key, bytes);
    return bytes;
  }

  private async artifact(
    base: string,
    manifest: Manifest,
    name: string,
    tell: (phase: 'download' | 'verify', loaded: number, fromCache: boolean) => void,
  ): Promise<Uint8Array> {
    const expected = manifest.artifacts[name];
    if (expected === undefined) throw new PortcullisError('bundle-invalid', `${name} is not in the manifest`);
    const key = `sha256:${expected.sha256}`;
    const stored = await this.store.get(key);
    if (stored !== undefined) {
      tell('verify', stored.byteLength, true);
      if ((await sha256(stored)) === expected.sha256) return stored;
      await this.store.delete(key);
    }
    const bytes = await this.fetch(new URL(name, base).href, (loaded) => tell('download', loaded, false));
    tell('verify', bytes.byteLength, false);
    const found = await sha256(bytes);
    if (found !== expected.sha256) {
      throw new PortcullisError('bundle-corrupt', `${name}: SHA-256 is ${found.slice(0, 12)}…, the manifest says ${expected.sha256.slice(0, 12)}…`);
    }
    await this.store.set(key, bytes);
    return bytes;
  }

  private async fetch(url: string, onBytes: (loaded: number) => void): Promise<Uint8Array> {
    const bytes = await download(url, onBytes);
    this.downloadedBytes += bytes.byteLength;
    return bytes;
  }
}

const isWasm = (bytes: Uint8Array): boolean => [0x00, 0x61, 0x73, 0x6d].every((byte, index) => bytes[index] === byte);
