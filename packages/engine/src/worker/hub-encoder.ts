import { PortcullisError } from '@portcullis/core';
import { unitVector } from '../shared/encoder.ts';
import { HUB_MAX_TOKENS, HUB_MODELS, HUB_PREFIX, type HubModelName } from '../shared/hub-models.ts';
import type { Ort } from '../shared/runtime.ts';

/** A runtime that is set up: its paths and threads. */
export type HubOrt = Ort & Pick<typeof import('onnxruntime-web/wasm'), 'env'>;

/** A unit vector a text, in order. */
export type Embed = (texts: readonly string[]) => Promise<Float32Array[]>;

/**
 * Starts a published encoder with Transformers.js on a runtime of ours. The library reads the files that it is given, and asks no network.
 * The mean over a text's tokens, the prefix's included, of length 1: as the model cards have it.
 * @throws {PortcullisError} `bundle-invalid` for files that are no such encoder. `inference-failed` from the function that it gives.
 */
export async function startHubEncoder(ort: HubOrt, files: ReadonlyMap<string, Uint8Array>, model: HubModelName): Promise<Embed> {
  const { repo, revision, dimension } = HUB_MODELS[model];
  const { AutoModel, AutoTokenizer, env, mean_pooling } = await libraryOn(ort, files);
  // `auto`, not `wasm`: of a runtime that it was given the library knows no devices.
  const session_options = { executionProviders: ['wasm'], graphOptimizationLevel: 'all' } as const;
  const loading = Promise.all([
    AutoTokenizer.from_pretrained(repo, { revision }),
    AutoModel.from_pretrained(repo, { revision, dtype: 'q8', device: 'auto', session_options }),
  ]);
  const [tokenizer, encoder] = await loading.catch((cause: unknown) => {
    throw new PortcullisError('bundle-invalid', `${repo}: ${String(cause)}`, { cause });
  });
  // The files, as large as the model, are needed no more.
  env.customCache = null;
  const embed: Embed = async (texts) => {
    const prefixed = texts.map((text) => HUB_PREFIX + text);
    const inputs = await tokenizer(prefixed, { padding: true, truncation: true, max_length: HUB_MAX_TOKENS });
    const { input_ids, attention_mask } = inputs;
    if (input_ids.dims[1] === HUB_MAX_TOKENS) endRows(input_ids.data as BigInt64Array, attention_mask.data as BigInt64Array, tokenizer.sep_token_id);
    const { last_hidden_state } = await encoder(inputs);
    const { data, dims } = mean_pooling(last_hidden_state, attention_mask).normalize(2, -1);
    if (dims[1] !== dimension) throw new PortcullisError('bundle-invalid', `${repo}: embeddings have ${dims[1]} numbers, not ${dimension}`);
    return texts.map((_, row) => unitVector((data as Float32Array).slice(row * dimension, (row + 1) * dimension)));
  };
  await embed(['warm up']);
  return embed;
}

/** Puts `[SEP]` at the end of rows that were cut: the library cuts it off with the rest, and the encoders were trained with one behind every text. */
function endRows(ids: BigInt64Array, mask: BigInt64Array, sep: number): void {
  for (let last = HUB_MAX_TOKENS - 1; last < ids.length; last += HUB_MAX_TOKENS) if (mask[last] === 1n) ids[last] = BigInt(sep);
}

async function libraryOn(ort: HubOrt, files: ReadonlyMap<string, Uint8Array>) {
  const { wasmPaths } = ort.env.wasm;
  // Its own way to be given a runtime; without, it takes the largest there is.
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: ort });
  const library = await import('@huggingface/transformers');
  // A runtime without paths has been pointed at a CDN by now.
  if (wasmPaths === undefined) delete ort.env.wasm.wasmPaths;
  const { env } = library;
  env.allowLocalModels = false;
  env.useBrowserCache = env.useFSCache = env.useWasmCache = false;
  env.useCustomCache = true;
  env.customCache = {
    // By the file's name alone: for some files the library asks at another revision than it was told.
    match: async (url) => {
      const bytes = [...files].find(([name]) => url.endsWith(`/${name}`))?.[1];
      return bytes && new Response(bytes as BodyInit, { headers: { 'Content-Length': String(bytes.byteLength) } });
    },
    put: async () => {},
  };
  env.fetch = async (url) => {
    throw new PortcullisError('bundle-missing', `${url} is not among the encoder's files`);
  };
  return library;
}
