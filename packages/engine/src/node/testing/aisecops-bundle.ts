import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('aisecops/', import.meta.url);

/** A small bundle of AISecOps' form by file name: made-up weights, converted as the published ones are (`models/training/aisecops/fixture.py`). */
export const aisecopsFiles = (): Map<string, Uint8Array> =>
  new Map(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]));

/** What PyTorch and scikit-learn make of it, on embeddings of `tinyE5`. */
export interface AisecopsGolden {
  readonly known: readonly string[];
  readonly cases: readonly { readonly turns: readonly string[]; readonly features: Readonly<Record<string, number>>; readonly score: number }[];
}

export const aisecopsGolden: AisecopsGolden = JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8'));
