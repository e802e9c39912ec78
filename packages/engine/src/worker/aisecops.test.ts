import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as ort from 'onnxruntime-web';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aisecopsFiles, aisecopsGolden } from '../node/testing/aisecops-bundle.ts';
import { type FileServer, startFileServer } from '../node/testing/file-server.ts';
import { tinyE5 } from '../node/testing/tiny-e5.ts';
import { AISECOPS_BUNDLE, AISECOPS_ENCODER, AISECOPS_FEATURES } from '../shared/aisecops-manifest.ts';
import type { AisecopsScore } from '../shared/aisecops-protocol.ts';
import { type Ort, runtimeOn } from '../shared/runtime.ts';
import { startAisecops } from './aisecops.ts';
import { type HubOrt, startHubEncoder } from './hub-encoder.ts';
import { type EmbedText, keptVectors } from './kept-vectors.ts';
import { BundleLoader } from './load-bundle.ts';
import { openStore } from './store.ts';

const DIMENSION = 1024;
const { known, cases } = aisecopsGolden;

let embed: EmbedText;
beforeAll(async () => {
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1;
  const encoder = await startHubEncoder(ort as unknown as HubOrt, tinyE5(AISECOPS_ENCODER), AISECOPS_ENCODER);
  embed = async (text) => (await encoder([text]))[0] ?? new Float32Array();
});

let files: Map<string, Uint8Array>;
let served: FileServer;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  files = aisecopsFiles();
  served = await startFileServer((path) => files.get(path.slice(1)));
});
afterEach(async () => {
  await served.close();
  vi.unstubAllGlobals();
});

const vectorsOf = (texts: readonly string[]) => Promise.all(texts.map(embed));

async function start(attacks: readonly string[] = known): Promise<(turns: readonly string[]) => Promise<AisecopsScore>> {
  const loader = new BundleLoader(await openStore(), served.url, AISECOPS_BUNDLE, () => {});
  const bundle = await loader.bundle();
  const intents: Float32Array[][] = [];
  for (const texts of Object.values(bundle.manifest.intents.descriptions)) intents.push(await vectorsOf(texts));
  const score = await startAisecops({ runtime: runtimeOn(ort as unknown as Ort, 'wasm'), bundle, embed, known: await vectorsOf(attacks), intents });
  await loader.keep();
  return score;
}

/** The manifest with one part changed, on the server. */
function change(part: string, fields: Record<string, unknown>): void {
  const manifest = JSON.parse(new TextDecoder().decode(files.get('manifest.json')));
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify({ ...manifest, [part]: { ...manifest[part], ...fields } })));
}

describe('AISecOps’ models', () => {
  it.each(cases)('score as PyTorch and scikit-learn do: $turns', async ({ turns, features, score }) => {
    const found = await (await start())(turns);
    for (const name of AISECOPS_FEATURES) expect(found.features[name], name).toBeCloseTo(features[name] ?? Number.NaN, 4);
    expect(found.score).toBeCloseTo(score, 4);
    expect(found.threshold).toBe(0.46);
    expect(found.isAttack).toBe(score >= 0.46);
    expect(found.turns).toBe(Math.min(turns.length, 6));
  });

  it('hold a single turn’s trajectory, and the similarity to no attack, at the mean', async () => {
    const { features } = await (await start([]))(['what is heat']);
    expect(features).toMatchObject({ trajectory_score: 0.497, max_similarity_score: 0.515 });
  });

  it('read the features in the order of their graph', async () => {
    const before = await (await start())(['what is heat']);
    vi.stubGlobal('indexedDB', new IDBFactory());
    change('fusion', { features: [...AISECOPS_FEATURES].reverse() });
    const after = await (await start())(['what is heat']);
    expect(after.features).toEqual(before.features);
    expect(after.score).not.toBeCloseTo(before.score, 3);
  });

  it('refuse no turns', async () => {
    await expect((await start())([])).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('need no network on the next visit', async () => {
    await start();
    await served.close();
    expect((await (await start())(['a prompt'])).turns).toBe(1);
  });

  it.each(['manifest.json', 'anomaly.onnx', 'trajectory.onnx', 'fusion.onnx'])('say that %s is missing', async (name) => {
    files.delete(name);
    await expect(start()).rejects.toMatchObject({ code: 'bundle-missing', message: expect.stringContaining(name) });
  });

  it('refuse a file of another sum, and graphs that are none or another’s', async () => {
    const fusion = files.get('fusion.onnx') ?? new Uint8Array();
    files.set('fusion.onnx', fusion.toReversed());
    await expect(start()).rejects.toMatchObject({ code: 'bundle-corrupt', message: expect.stringContaining('fusion.onnx') });
    files.set('fusion.onnx', fusion);
    change('trajectory', { artifact: 'fusion.onnx' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    await expect(start()).rejects.toMatchObject({ code: 'bundle-invalid', message: expect.stringContaining('do not run') });
  });
});

describe('keptVectors', () => {
  it('embeds texts once, in order', async () => {
    const encoder = { encoder: 'tiny@1', dimension: DIMENSION, embed: vi.fn(embed) };
    const told: number[] = [];
    const store = await openStore();
    const first = await keptVectors(store, encoder, known, (done) => told.push(done));
    expect(first).toEqual(await vectorsOf(known));
    expect(await keptVectors(store, encoder, known, () => expect.unreachable())).toEqual(first);
    expect(encoder.embed).toHaveBeenCalledTimes(known.length);
    expect(told).toEqual(known.map((_, place) => place));
  });

  it('embeds anew what is of other texts, of other weights, or has gone bad', async () => {
    const encoder = { encoder: 'tiny@1', dimension: DIMENSION, embed: vi.fn(embed) };
    const store = await openStore();
    await keptVectors(store, encoder, ['heat'], () => {});
    await keptVectors(store, encoder, ['pump'], () => {});
    await keptVectors(store, { ...encoder, encoder: 'tiny@2' }, ['heat'], () => {});
    await keptVectors({ ...store, get: async () => new Uint8Array(3) }, encoder, ['heat'], () => {});
    expect(encoder.embed).toHaveBeenCalledTimes(4);
  });
});
