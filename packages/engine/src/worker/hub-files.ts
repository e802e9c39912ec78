import { HUB_FILES, HUB_MODELS } from '../shared/hub-models.ts';
import type { HubProgress, HubSource } from '../shared/hub-protocol.ts';
import { sha256 } from '../shared/sha256.ts';
import { download } from './download.ts';
import { PIECE_BYTES, passingDraft } from './draft.ts';
import { exclusively } from './exclusively.ts';
import { FileLoader, keyOf, sparingly, type Tell, type Wanted } from './load-file.ts';
import type { ArtifactStore } from './store.ts';

/** An encoder's files by name, and what it took to get them. */
export interface HubFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly downloadedBytes: number;
}

/**
 * Reads an encoder's files at the pinned commit, from the store or the network. The Hub names no checksums that a page could ask for, so what
 * came first is trusted: from then on each file is what it was, or it is not used.
 * @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`.
 */
export async function loadHubFiles(store: ArtifactStore, { model, host }: HubSource, onProgress: (progress: HubProgress) => void): Promise<HubFiles> {
  const { repo, revision } = HUB_MODELS[model];
  const onWait = (artifact: string): void => onProgress({ phase: 'wait', artifact });
  const loader = new FileLoader(store, onWait);
  const files = new Map<string, Uint8Array>();
  for (const name of HUB_FILES) {
    const url = new URL(`${repo}/resolve/${revision}/${name}`, host).href;
    const tell: Tell = (phase, loaded, fromCache) => onProgress({ phase, artifact: name, loaded, fromCache });
    files.set(name, await load(store, loader, { url, name }, tell, () => onWait(name)));
  }
  return { files, downloadedBytes: loader.downloadedBytes };
}

async function load(store: ArtifactStore, loader: FileLoader, file: Pick<Wanted, 'url' | 'name'>, tell: Tell, onWait: () => void): Promise<Uint8Array> {
  const sums = `hub:${file.url}`;
  await store.use([sums]);
  const known = async (): Promise<Uint8Array | undefined> => {
    const sum = await store.get(sums);
    if (sum === undefined) return undefined;
    const wanted: Wanted = { ...file, ...(JSON.parse(new TextDecoder().decode(sum)) as Pick<Wanted, 'bytes' | 'sha256'>) };
    await store.use([keyOf(wanted)]);
    return loader.load(wanted, tell);
  };
  // Another tab that was first has stored it meanwhile.
  return (await known()) ?? exclusively(sums, onWait, async () => (await known()) ?? first(store, loader, file, sums, tell));
}

async function first(store: ArtifactStore, loader: FileLoader, { url }: Pick<Wanted, 'url'>, sums: string, tell: Tell): Promise<Uint8Array> {
  const draft = passingDraft();
  const told = sparingly(() => tell('download', draft.size, false));
  await download({ url, size: undefined }, draft, (count) => {
    loader.count(count);
    told();
  });
  const bytes = draft.bytes();
  const sum = { bytes: bytes.byteLength, sha256: await sha256(bytes) };
  await store.use([keyOf(sum)]);
  const kept = await store.draft(keyOf(sum));
  await kept.restart(undefined);
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) kept.append(bytes.subarray(at, at + PIECE_BYTES));
  await kept.finish();
  await store.set(sums, new TextEncoder().encode(JSON.stringify(sum)));
  return bytes;
}
