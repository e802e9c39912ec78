import { PortcullisError } from '@portcullis/core';
import { sha256 } from '../shared/sha256.ts';
import { download } from './download.ts';
import type { Draft } from './draft.ts';
import { exclusively } from './exclusively.ts';
import type { ArtifactStore } from './store.ts';

/** A file known by its checksum. */
export interface Wanted {
  /** As errors and progress call it. */
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A chunk of a download is 64 KB: told of each, the page would draw six hundred times. */
const TELL_MS = 100;

/** Tells how much of one file is there, in bytes. */
export type Tell = (phase: 'download' | 'verify', loaded: number, fromCache: boolean) => void;

/** `tell`, and nothing where it was told less than 100 ms ago. */
export function sparingly(tell: () => void): () => void {
  let toldAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - toldAt < TELL_MS) return;
    toldAt = now;
    tell();
  };
}

/** Under which a file is stored. */
export const keyOf = ({ sha256 }: { readonly sha256: string }): string => `sha256:${sha256}`;

/** Reads files from the store or the network, verifies them, and keeps them. */
export class FileLoader {
  /** Bytes that came over the network, those of broken tries included. */
  downloadedBytes = 0;
  /** What this load has verified. Another backend's try takes it from here, stored or not. */
  private readonly verified = new Map<string, Uint8Array>();

  /** @param onWait told the name of a file that another tab is downloading. */
  constructor(
    private readonly store: ArtifactStore,
    private readonly onWait: (name: string) => void,
  ) {}

  /** @throws {PortcullisError} `bundle-missing`, `bundle-network`, `bundle-corrupt`. */
  async load(wanted: Wanted, tell: Tell): Promise<Uint8Array> {
    const bytes =
      this.verified.get(wanted.sha256) ??
      (await this.stored(wanted, tell)) ??
      (await exclusively(
        keyOf(wanted),
        () => this.onWait(wanted.name),
        // Another tab that was first has stored it meanwhile.
        async () => (await this.stored(wanted, tell)) ?? this.fetched(wanted, tell),
      ));
    this.verified.set(wanted.sha256, bytes);
    return bytes;
  }

  /** Gives the memory of what was verified back. */
  forget(): void {
    this.verified.clear();
  }

  readonly count = (bytes: number): void => {
    this.downloadedBytes += bytes;
  };

  private async stored(wanted: Wanted, tell: Tell): Promise<Uint8Array | undefined> {
    const bytes = await this.store.get(keyOf(wanted));
    if (bytes === undefined) return undefined;
    tell('verify', bytes.byteLength, true);
    if ((await sha256(bytes)) === wanted.sha256) return bytes;
    await this.store.delete(keyOf(wanted));
    return undefined;
  }

  private async fetched(wanted: Wanted, tell: Tell): Promise<Uint8Array> {
    const draft = await this.store.draft(keyOf(wanted));
    let got = await this.fetchInto(draft, wanted, tell);
    // Perhaps the parts did not belong together: once more, whole.
    if (got.sum !== wanted.sha256 && got.how === 'spliced') {
      await draft.restart(undefined);
      got = await this.fetchInto(draft, wanted, tell);
    }
    if (got.sum !== wanted.sha256) {
      await draft.restart(undefined);
      const [found, expected] = [got.sum.slice(0, 12), wanted.sha256.slice(0, 12)];
      throw new PortcullisError('bundle-corrupt', `${wanted.name}: SHA-256 is ${found}…, not ${expected}…`);
    }
    await draft.finish();
    return got.bytes;
  }

  private async fetchInto(draft: Draft, { url, bytes: size }: Wanted, tell: Tell) {
    const told = sparingly(() => tell('download', draft.size, false));
    const how = await download({ url, size }, draft, (count) => {
      this.count(count);
      told();
    });
    const bytes = draft.bytes();
    tell('verify', bytes.byteLength, false);
    return { how, bytes, sum: await sha256(bytes) };
  }
}
