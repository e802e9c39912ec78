import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as ort from 'onnxruntime-web';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileServer, startFileServer } from '../node/testing/file-server.ts';
import { tinyE5, tinyEmbedding } from '../node/testing/tiny-e5.ts';
import { HUB_MAX_TOKENS, HUB_MODELS, type HubModelName } from '../shared/hub-models.ts';
import { type Embed, type HubOrt, startHubEncoder } from './hub-encoder.ts';
import { loadHubFiles } from './hub-files.ts';
import { openStore } from './store.ts';

const MODELS = Object.keys(HUB_MODELS) as HubModelName[];
const [SMALL = 'intfloat/e5-small-v2'] = MODELS;
const pathOf = (model: HubModelName, name: string): string => `/${HUB_MODELS[model].repo}/resolve/${HUB_MODELS[model].revision}/${name}`;

/** What the mirror has, by path. */
let kept: Map<string, Uint8Array>;
let mirror: FileServer;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1;
  kept = new Map(MODELS.flatMap((model) => [...tinyE5(model)].map(([name, bytes]) => [pathOf(model, name), bytes] as const)));
  mirror = await startFileServer((path) => kept.get(path));
});
afterEach(async () => {
  await mirror.close();
  vi.unstubAllGlobals();
});

const files = async (model: HubModelName) => loadHubFiles(await openStore(), { model, host: mirror.url }, () => {});
const start = async (model: HubModelName): Promise<Embed> => startHubEncoder(ort as unknown as HubOrt, (await files(model)).files, model);

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, place) => Math.abs(value - (b[place] ?? Number.NaN))));

describe('an encoder from a mirror of the Hub', () => {
  it.each(MODELS)('%s: the mean over the mask, behind the prefix, of length 1', async (model) => {
    const { dimension } = HUB_MODELS[model];
    const embed = await start(model);
    // Of different lengths, so that the shorter one is padded.
    const [question, word] = await embed(['What is a prompt', 'pumps']);
    expect(question?.length).toBe(dimension);
    expect(largestDifference(question ?? [], tinyEmbedding(['what', 'is', 'a', 'prompt'], dimension))).toBeLessThan(1e-5);
    expect(largestDifference(word ?? [], tinyEmbedding(['pump', '##s'], dimension))).toBeLessThan(1e-5);
    expect(Math.hypot(...(word ?? []))).toBeCloseTo(1, 5);
  });

  it('reads so many tokens of a long text', async () => {
    const embed = await start(SMALL);
    const [long] = await embed(['heat '.repeat(HUB_MAX_TOKENS)]);
    const body = HUB_MAX_TOKENS - ['[CLS]', 'query', ':', '[SEP]'].length;
    expect(largestDifference(long ?? [], tinyEmbedding(Array(body).fill('heat'), 384))).toBeLessThan(1e-5);
  });

  it('asks for the pinned revision, for each file once, and for nothing on the next visit', async () => {
    const first = await files(SMALL);
    const asked = [...tinyE5(SMALL).keys()].map((name) => pathOf(SMALL, name));
    expect(first.downloadedBytes).toBe([...tinyE5(SMALL).values()].reduce((sum, { byteLength }) => sum + byteLength, 0));
    await startHubEncoder(ort as unknown as HubOrt, first.files, SMALL);
    const again = await files(SMALL);
    expect(again.downloadedBytes).toBe(0);
    expect(again.files).toEqual(first.files);
    expect([...mirror.requests].sort()).toEqual(asked.sort());
  });

  it('fetches anew what has gone bad in the store, and refuses what is another file now', async () => {
    const path = pathOf(SMALL, 'config.json');
    await files(SMALL);
    const store = await openStore();
    const sum = JSON.parse(new TextDecoder().decode(await store.get(`hub:${new URL(path, mirror.url).href}`)));
    await store.set(`sha256:${sum.sha256}`, new Uint8Array([1, 2, 3]));
    expect((await files(SMALL)).files.get('config.json')).toEqual(kept.get(path));

    await store.set(`sha256:${sum.sha256}`, new Uint8Array([1, 2, 3]));
    kept.set(path, new TextEncoder().encode('{}'));
    await expect(files(SMALL)).rejects.toMatchObject({ code: 'bundle-corrupt' });
  });

  it.each([...tinyE5(SMALL).keys()])('says what the mirror has not: %s', async (name) => {
    kept.delete(pathOf(SMALL, name));
    await expect(files(SMALL)).rejects.toMatchObject({ code: 'bundle-missing', message: expect.stringContaining(pathOf(SMALL, name)) });
  });

  it('refuses files that are no encoder, and one of another dimension', async () => {
    kept.set(pathOf(SMALL, 'onnx/model_quantized.onnx'), new Uint8Array([1, 2, 3]));
    await expect(start(SMALL)).rejects.toMatchObject({ code: 'bundle-invalid' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    for (const [name, bytes] of tinyE5(SMALL, 8)) kept.set(pathOf(SMALL, name), bytes);
    await expect(start(SMALL)).rejects.toMatchObject({ code: 'bundle-invalid', message: expect.stringContaining('8 numbers, not 384') });
  });
});
