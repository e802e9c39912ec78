import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Served, serveFiles } from '../node/testing/http-server.ts';
import { madeUpBundle } from '../node/testing/made-up-bundle.ts';
import type { Bundle } from '../shared/bundle.ts';
import { neededArtifacts } from '../shared/manifest.ts';
import type { LoadProgress } from '../shared/protocol.ts';
import { sha256 } from '../shared/sha256.ts';
import { BundleLoader } from './load-bundle.ts';
import { openStore } from './store.ts';

const WASM = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const { manifest, files: original } = madeUpBundle();
const needed = neededArtifacts(manifest, 'wasm');
const bytesOf = (name: string): Uint8Array => original.get(name) ?? new Uint8Array();
const keyOf = (name: string): string => `sha256:${manifest.artifacts[name]?.sha256}`;
/** The same bytes with one bit of one of them turned. */
const spoiled = (name: string): Uint8Array => bytesOf(name).map((byte, index) => (index === 3 ? byte ^ 1 : byte));
const refusal = (code: string, message: RegExp) => expect.objectContaining({ name: 'PortcullisError', code, message: expect.stringMatching(message) });

let files: Map<string, Uint8Array>;
let served: Served;

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  files = new Map(original).set('runtime.wasm', WASM);
  served = await serveFiles(files);
});
afterEach(async () => {
  await served.close();
  vi.unstubAllGlobals();
});

/** One visit to the page: everything that a start on WASM loads. */
async function visit(): Promise<{ bundle: Bundle; downloadedBytes: number; progress: LoadProgress[] }> {
  const progress: LoadProgress[] = [];
  const loader = new BundleLoader(await openStore(), (step) => progress.push(step));
  const bundle = await loader.bundle(served.url, await loader.manifest(served.url), 'wasm');
  expect(await loader.runtime(`${served.url}runtime.wasm`)).toEqual(WASM);
  return { bundle, downloadedBytes: loader.downloadedBytes, progress };
}

describe('a first visit', () => {
  it('loads what its backend needs, and counts every byte', async () => {
    const { bundle, downloadedBytes } = await visit();
    expect(bundle.manifest).toEqual(manifest);
    expect(new Map(bundle.files)).toEqual(new Map(needed.map((name) => [name, bytesOf(name)])));
    expect(served.requests).toEqual(['manifest.json', ...needed, 'runtime.wasm'].map((name) => `/${name}`));
    expect(downloadedBytes).toBe(['manifest.json', ...needed].reduce((sum, name) => sum + bytesOf(name).byteLength, WASM.byteLength));
  });

  it('tells how far it is, up to the whole', async () => {
    const { progress } = await visit();
    const steps = progress.filter((step) => step.phase !== 'start' && step.artifact !== 'runtime');
    const total = needed.reduce((sum, name) => sum + bytesOf(name).byteLength, 0);
    expect(steps.at(-1)).toEqual({ phase: 'verify', artifact: needed.at(-1), loaded: total, total, fromCache: false });
    const loaded = steps.map((step) => (step.phase === 'start' ? 0 : step.loaded));
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  });
});

describe('a second visit', () => {
  it('needs no network', async () => {
    const first = await visit();
    await served.close();
    const second = await visit();
    expect(second.downloadedBytes).toBe(0);
    expect(second.bundle).toEqual(first.bundle);
    expect(second.progress.every((step) => step.phase === 'verify' && step.fromCache)).toBe(true);
  });

  it('loads again all that it needs where nothing can be kept', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const first = await visit();
    expect((await visit()).downloadedBytes).toBe(first.downloadedBytes);
  });

  it.each(needed)('fetches a stored %s anew when it has gone bad, and only that', async (name) => {
    await visit();
    await (await openStore()).set(keyOf(name), spoiled(name));
    const { bundle, downloadedBytes } = await visit();
    expect(bundle.files.get(name)).toEqual(bytesOf(name));
    expect(downloadedBytes).toBe(bytesOf(name).byteLength);
    expect(await (await openStore()).get(keyOf(name))).toEqual(bytesOf(name));
  });

  it('fetches a stored manifest anew when it has gone bad', async () => {
    await visit();
    await (await openStore()).set(`manifest:${served.url}`, new Uint8Array([0x7b]));
    expect((await visit()).downloadedBytes).toBe(bytesOf('manifest.json').byteLength);
    expect((await visit()).downloadedBytes).toBe(0);
  });

  it('fetches a stored runtime anew when it is none', async () => {
    await visit();
    await (await openStore()).set(`runtime:${served.url}runtime.wasm`, new TextEncoder().encode('<!doctype html>'));
    expect((await visit()).downloadedBytes).toBe(WASM.byteLength);
  });
});

describe('a bundle that is not whole', () => {
  it.each(needed)('is refused for one wrong bit of %s, which is never kept', async (name) => {
    files.set(name, spoiled(name));
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', new RegExp(`^${name}: SHA-256 is [0-9a-f]{12}…, the manifest says [0-9a-f]{12}…$`)));
    const store = await openStore();
    expect(await store.get(keyOf(name))).toBeUndefined();
    expect(await store.get(`sha256:${await sha256(spoiled(name))}`)).toBeUndefined();
    files.set(name, bytesOf(name));
    expect((await visit()).bundle.files.get(name)).toEqual(bytesOf(name));
  });

  it.each(['manifest.json', ...needed])('is refused for want of %s', async (name) => {
    files.delete(name);
    await expect(visit()).rejects.toEqual(refusal('bundle-missing', new RegExp(`/${name}: HTTP 404$`)));
  });

  it.each([
    ['is no JSON', '<!doctype html>', 'bundle-invalid', /^manifest\.json is no JSON$/],
    ['is of another format', JSON.stringify({ ...manifest, format: 2 }), 'bundle-invalid', /^manifest\.json: format: /],
    [
      'has a head of another encoder',
      JSON.stringify({ ...manifest, heads: { ...manifest.heads, anomaly: { graph: 'anomaly.onnx', encoder: 'other@1' } } }),
      'head-mismatch',
      /^head anomaly was trained on other@1/,
    ],
  ])('is refused where its manifest %s, which is never kept', async (_name, text, code, message) => {
    files.set('manifest.json', new TextEncoder().encode(text));
    await expect(visit()).rejects.toEqual(refusal(code, message));
    expect(await (await openStore()).get(`manifest:${served.url}`)).toBeUndefined();
    expect(served.requests).toEqual(['/manifest.json']);
  });

  it('is refused with a runtime that is a page, which is never kept', async () => {
    files.set('runtime.wasm', new TextEncoder().encode('<!doctype html>'));
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', /runtime\.wasm: what came is no WebAssembly$/));
    expect(await (await openStore()).get(`runtime:${served.url}runtime.wasm`)).toBeUndefined();
  });
});
