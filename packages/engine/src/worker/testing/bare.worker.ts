import { normalise } from '@portcullis/core';
import { expose } from 'comlink';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { chooseBackends } from '../../shared/backend.ts';
import { type Bundle, fileOf, jsonOf } from '../../shared/bundle.ts';
import { neededArtifacts, readManifest } from '../../shared/manifest.ts';
import { padded } from '../../shared/padded.ts';
import { runtimeOn, type Session } from '../../shared/runtime.ts';
import { Windower } from '../../shared/windows.ts';
import { WordPieces } from '../../shared/word-pieces.ts';
import { detectPlatform } from '../platform.ts';
import { startOrt } from '../start-runtime.ts';

// For benchmarks: the runtime and the bundle's graphs with nothing around them. What the engine takes longer than this is its own cost.

let bundle: Pick<Bundle, 'files' | 'manifest'>;
let binary: Uint8Array;
let encoder: Session;
let windower: Windower;

const fetched = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());

function tokensOf(text: string): readonly number[] {
  const [window, ...others] = windower.windows(normalise(text));
  if (window === undefined || others.length > 0) throw new Error('the text is more than one window');
  return window.ids;
}

const api = {
  /** Fetches what sessions are made of, into memory. */
  async fetch(base: string): Promise<void> {
    const manifest = readManifest(await fetched(`${base}manifest.json`));
    const files = new Map<string, Uint8Array>();
    for (const name of neededArtifacts(manifest)) files.set(name, await fetched(`${base}${name}`));
    bundle = { manifest, files };
    const { encoder: spec } = manifest;
    windower = new Windower(spec, new WordPieces(jsonOf(bundle, spec.tokenizer), jsonOf(bundle, spec.tokenizerConfig)));
    binary = await fetched(new URL(wasm, import.meta.url).href);
  },
  /** Creates the sessions that a start creates, the runtime's own start included, one after the other. Gives the milliseconds that it took. */
  async create(): Promise<number> {
    const [backend = 'wasm'] = chooseBackends(await detectPlatform('wasm'), 'wasm');
    const ort = await startOrt(backend, async () => binary);
    const runtime = runtimeOn(ort, backend);
    const { encoder: spec, heads } = bundle.manifest;
    const began = performance.now();
    encoder = await runtime.load(fileOf(bundle, spec.graph), { path: spec.weights, data: fileOf(bundle, spec.weights) });
    for (const { graph } of [heads.classifier, heads.trees, heads.anomaly]) await runtime.load(fileOf(bundle, graph));
    return performance.now() - began;
  },
  /** How many tokens the encoder reads of a text, special ones and prefix included. */
  tokens: (text: string): number => tokensOf(text).length,
  /** Runs the encoder on a text's tokens and gives the milliseconds of the run, without those of cutting the text. */
  async run(text: string): Promise<number> {
    const { inputs } = padded([tokensOf(text)], 'wasm');
    const began = performance.now();
    await encoder.run(inputs);
    return performance.now() - began;
  },
};

/** What a page asks of it. */
export type BareApi = typeof api;

expose(api);
