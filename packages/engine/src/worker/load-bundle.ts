import { PortcullisError } from '@portcullis/core';
import type { Bundle, BundleKind, Listing } from '../shared/bundle.ts';
import type { FileProgress } from '../shared/protocol.ts';
import { download } from './download.ts';
import { passingDraft } from './draft.ts';
import { exclusively } from './exclusively.ts';
import { FileLoader, keyOf, type Tell, type Wanted } from './load-file.ts';
import type { RuntimeSum } from './runtime-sums.ts';
import type { ArtifactStore } from './store.ts';

/** Where a manifest was found: among bundles that were whole, among those on their way, or at its URL just now. */
type Found<M> = { readonly manifest: M; readonly from: 'kept' | 'pending' | 'network' };

/** Reads one bundle, from the store or the network, and tells how far it is. */
export class BundleLoader<M extends Listing> {
  private found: Found<M> | undefined;
  private readonly files: FileLoader;
  private readonly keys: { readonly kept: string; readonly pending: string };

  /** @param base URL of the bundle's folder, with a slash at its end. */
  constructor(
    private readonly store: ArtifactStore,
    private readonly base: string,
    private readonly kind: BundleKind<M>,
    private readonly onProgress: (progress: FileProgress) => void,
  ) {
    this.files = new FileLoader(store, this.onWait);
    this.keys = { kept: `manifest:${base}`, pending: `pending:${base}` };
  }

  /** Bytes that came over the network. */
  get downloadedBytes(): number {
    return this.files.downloadedBytes;
  }

  /**
   * The manifest and the artifacts that texts need, each verified before it is used or kept. A bundle's URL never changes its
   * content, so what is stored needs no network. Where it did change, and files that the stored manifest names are gone, the bundle that
   * is there now takes its place.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`, `bundle-invalid`, `head-mismatch`.
   */
  async bundle(): Promise<Bundle<M>> {
    const { manifest, from } = this.found ?? (await this.findManifest());
    try {
      return await this.artifacts(manifest);
    } catch (error) {
      const gone = error instanceof PortcullisError && (error.code === 'bundle-missing' || error.code === 'bundle-corrupt');
      if (from === 'network' || !gone) throw error;
      const renewed = await this.fetchManifest();
      if (JSON.stringify(renewed.manifest) === JSON.stringify(manifest)) throw error;
      return this.artifacts(renewed.manifest);
    }
  }

  /**
   * A file of the runtime, which no manifest lists: the engine knows the sums of those that it was built with.
   * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`.
   */
  async runtime(url: string, sum: RuntimeSum): Promise<Uint8Array> {
    await this.store.use([keyOf(sum)]);
    return this.files.load({ ...sum, url, name: 'runtime' }, (phase, loaded, fromCache) =>
      this.onProgress({ phase, artifact: 'runtime', loaded, total: sum.bytes, fromCache }),
    );
  }

  /** Makes the bundle just loaded the one of its URL, all at once, if all of it is stored. What was read is held in memory no longer. */
  async keep(): Promise<void> {
    this.files.forget();
    if (this.found === undefined || this.found.from === 'kept' || !this.store.persistent) return;
    await this.store.set(this.keys.kept, encoded(this.found.manifest));
    await this.store.delete(this.keys.pending);
  }

  private readonly onWait = (artifact: string): void => this.onProgress({ phase: 'wait', artifact });

  private async findManifest(): Promise<Found<M>> {
    this.found = (await this.storedManifest('kept')) ?? (await exclusively(this.keys.kept, () => this.onWait('manifest.json'), this.newManifest));
    return this.found;
  }

  private readonly newManifest = async (): Promise<Found<M>> =>
    (await this.storedManifest('kept')) ?? (await this.storedManifest('pending')) ?? this.fetchManifest();

  private async storedManifest(from: 'kept' | 'pending'): Promise<Found<M> | undefined> {
    const key = this.keys[from];
    const bytes = await this.store.get(key);
    if (bytes === undefined) return undefined;
    try {
      return { manifest: this.kind.read(bytes), from };
    } catch {
      await this.store.delete(key);
      return undefined;
    }
  }

  private async fetchManifest(): Promise<Found<M>> {
    const draft = passingDraft();
    await download({ url: new URL('manifest.json', this.base).href, size: undefined }, draft, this.files.count);
    const manifest = this.kind.read(draft.bytes());
    await this.store.use([this.keys.pending]);
    await this.store.set(this.keys.pending, encoded(manifest));
    this.found = { manifest, from: 'network' };
    return this.found;
  }

  private async artifacts(manifest: M): Promise<Bundle<M>> {
    await this.store.use([this.keys.kept, this.keys.pending, ...Object.values(manifest.artifacts).map(keyOf)]);
    // What is stored is read at once.
    return this.some(manifest, this.kind.needed(manifest), this.found?.from === 'kept');
  }

  private async some(manifest: M, names: readonly string[], atOnce = false): Promise<Bundle<M>> {
    const wanted = names.map((name) => this.wanted(manifest, name));
    const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
    const files = new Map<string, Uint8Array>();
    let whole = 0;
    const load = async (file: Wanted): Promise<void> => {
      const { name, bytes } = file;
      const tell: Tell = (phase, loaded, fromCache) => this.onProgress({ phase, artifact: name, loaded: whole + Math.min(loaded, bytes), total, fromCache });
      files.set(name, await this.files.load(file, tell));
      whole += bytes;
    };
    if (atOnce) await Promise.all(wanted.map(load));
    else for (const file of wanted) await load(file);
    return { manifest, files, more: (others) => this.some(manifest, others) };
  }

  private wanted(manifest: M, name: string): Wanted {
    const sum = manifest.artifacts[name];
    if (sum === undefined) throw new PortcullisError('bundle-invalid', `${name} is not in the manifest`);
    return { ...sum, name, url: new URL(name, this.base).href };
  }
}

const encoded = (manifest: Listing): Uint8Array => new TextEncoder().encode(JSON.stringify(manifest));
