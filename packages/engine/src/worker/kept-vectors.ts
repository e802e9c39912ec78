import { sha256 } from '../shared/sha256.ts';
import type { ArtifactStore } from './store.ts';

/** A unit vector of a text. */
export type EmbedText = (text: string) => Promise<Float32Array>;

/**
 * The embeddings of texts that stay the same, in order, from the store or computed and kept there.
 * @param encoder Names the weights: `repo@revision`.
 * @param tell Told how many are done; not at all where they were kept.
 * @throws {PortcullisError} `inference-failed`.
 */
export async function keptVectors(
  store: ArtifactStore,
  { encoder, dimension, embed }: { readonly encoder: string; readonly dimension: number; readonly embed: EmbedText },
  texts: readonly string[],
  tell: (done: number) => void,
): Promise<Float32Array[]> {
  const key = `vectors:${await sha256(new TextEncoder().encode(JSON.stringify([encoder, texts])))}`;
  await store.use([key]);
  const kept = await store.get(key);
  const all = new Float32Array(texts.length * dimension);
  const bytes = new Uint8Array(all.buffer);
  if (kept?.byteLength === bytes.byteLength) bytes.set(kept);
  else {
    // One by one: in a batch, int8 weights give a text other figures beside other texts.
    for (const [row, text] of texts.entries()) {
      tell(row);
      all.set(await embed(text), row * dimension);
    }
    await store.set(key, bytes);
  }
  return texts.map((_, row) => all.subarray(row * dimension, (row + 1) * dimension));
}
