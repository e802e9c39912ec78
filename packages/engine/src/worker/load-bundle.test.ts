import { createHash } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileServer, startFileServer } from '../node/testing/file-server.ts';
import { madeUpBundle } from '../node/testing/made-up-bundle.ts';
import type { Bundle } from '../shared/bundle.ts';
import { GUARD_BUNDLE, neededArtifacts, readManifest } from '../shared/manifest.ts';
import type { LoadProgress } from '../shared/protocol.ts';
import { sha256 } from '../shared/sha256.ts';
import { BundleLoader } from './load-bundle.ts';
import { openStore } from './store.ts';

const WASM = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const WASM_SUM = { bytes: WASM.byteLength, sha256: await sha256(WASM) };
const { manifest, files: original } = madeUpBundle();
const needed = neededArtifacts(manifest);
const bytesOf = (name: string): Uint8Array => original.get(name) ?? new Uint8Array();
const keyOf = (name: string): string => `sha256:${manifest.artifacts[name]?.sha256}`;
/** The same bytes with one bit of one of them turned. */
const spoiled = (name: string): Uint8Array => bytesOf(name).map((byte, index) => (index === 3 ? byte ^ 1 : byte));
const refusal = (code: string, message: RegExp) => expect.objectContaining({ name: 'PortcullisError', code, message: expect.stringMatching(message) });

let files: Map<string, Uint8Array>;
let served: FileServer;

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  files = new Map(original).set('runtime.wasm', WASM);
  served = await startFileServer((path) => files.get(path.slice(1)), { headers: () => ({ ETag: '"v1"' }) });
});
afterEach(async () => {
  await served.close();
  vi.unstubAllGlobals();
});

/** One visit to the page: everything that a start on WASM loads. */
async function visit(): Promise<{ bundle: Bundle; downloadedBytes: number; progress: LoadProgress[] }> {
  const progress: LoadProgress[] = [];
  const loader = new BundleLoader(await openStore(), served.url, GUARD_BUNDLE, (step) => progress.push(step));
  const bundle = await loader.bundle();
  expect(await loader.runtime(`${served.url}runtime.wasm`, WASM_SUM)).toEqual(WASM);
  await loader.keep();
  return { bundle, downloadedBytes: loader.downloadedBytes, progress };
}

/** Another bundle at the same URL: one file differs. */
function upgrade(name: string): Uint8Array {
  const bytes = new TextEncoder().encode(`the new bytes of ${name}`);
  const sum = { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
  files.set(name, bytes);
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify({ ...manifest, version: '2.0.0', artifacts: { ...manifest.artifacts, [name]: sum } })));
  return bytes;
}

const keptVersion = async (): Promise<string | undefined> => {
  const bytes = await (await openStore()).get(`manifest:${served.url}`);
  return bytes && readManifest(bytes).version;
};

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
    const steps = progress.filter((step) => 'loaded' in step).filter(({ artifact }) => artifact !== 'runtime');
    const total = needed.reduce((sum, name) => sum + bytesOf(name).byteLength, 0);
    expect(steps.at(-1)).toEqual({ phase: 'verify', artifact: needed.at(-1), loaded: total, total, fromCache: false });
    const loaded = steps.map((step) => step.loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  });
});

describe('a second visit', () => {
  it('needs no network', async () => {
    const first = await visit();
    await served.close();
    const second = await visit();
    expect(second.downloadedBytes).toBe(0);
    expect(second.bundle.manifest).toEqual(first.bundle.manifest);
    expect(second.bundle.files).toEqual(first.bundle.files);
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

  it('fetches a stored runtime anew when it has gone bad', async () => {
    await visit();
    await (await openStore()).set(`sha256:${WASM_SUM.sha256}`, new TextEncoder().encode('<!doctype html>'));
    expect((await visit()).downloadedBytes).toBe(WASM.byteLength);
  });
});

describe('a bundle that is not whole', () => {
  it.each(needed)('is refused for one wrong bit of %s, which is never kept', async (name) => {
    files.set(name, spoiled(name));
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', new RegExp(`^${name}: SHA-256 is [0-9a-f]{12}…, not [0-9a-f]{12}…$`)));
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
    ['is of another format', JSON.stringify({ ...manifest, format: 1 }), 'bundle-invalid', /^manifest\.json: format: /],
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
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', /^runtime: SHA-256 is /));
    expect(await (await openStore()).get(`sha256:${WASM_SUM.sha256}`)).toBeUndefined();
    expect(await keptVersion()).toBeUndefined();
  });

  it('takes no second manifest where the first has just come', async () => {
    files.set('weights.bin', spoiled('weights.bin'));
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', /^weights\.bin/));
    expect(served.requests.filter((path) => path === '/manifest.json').length).toBe(1);
  });

  it('goes on on the next visit with what it has, the manifest included', async () => {
    files.delete('anomaly.onnx');
    await expect(visit()).rejects.toEqual(refusal('bundle-missing', /anomaly/));
    expect(await keptVersion()).toBeUndefined();
    files.set('anomaly.onnx', bytesOf('anomaly.onnx'));
    expect((await visit()).downloadedBytes).toBe(bytesOf('anomaly.onnx').byteLength + WASM.byteLength);
    expect(await keptVersion()).toBe('1.0.0');
  });
});

describe('a file whose download was cut', () => {
  const name = 'weights.bin';
  const half = bytesOf(name).byteLength >> 1;
  const cutVisit = async (): Promise<void> => {
    for (let tries = 0; tries < 3; tries += 1) served.stop(`/${name}`, 1, 'cut');
    await expect(visit()).rejects.toEqual(refusal('bundle-network', new RegExp(name)));
  };

  it('is resumed within the visit: every byte comes once', async () => {
    served.stop(`/${name}`, half, 'cut');
    const { bundle, downloadedBytes } = await visit();
    expect(bundle.files.get(name)).toEqual(bytesOf(name));
    expect(served.sent(`/${name}`)).toBe(bytesOf(name).byteLength);
    expect(downloadedBytes).toBe(['manifest.json', ...needed].reduce((sum, each) => sum + bytesOf(each).byteLength, WASM.byteLength));
  });

  it('is resumed on the next visit', async () => {
    await cutVisit();
    const { bundle, progress } = await visit();
    expect(bundle.files.get(name)).toEqual(bytesOf(name));
    expect(served.sent(`/${name}`)).toBe(bytesOf(name).byteLength);
    const before = needed.slice(0, needed.indexOf(name)).reduce((sum, each) => sum + bytesOf(each).byteLength, 0);
    expect(progress.find((step) => step.phase === 'download')).toMatchObject({ artifact: name, loaded: before + bytesOf(name).byteLength, fromCache: false });
  });

  it('is fetched once more whole where the parts do not belong together', async () => {
    const good = bytesOf(name);
    files.set(name, spoiled(name).fill(0));
    await cutVisit();
    files.set(name, good);
    const { bundle } = await visit();
    expect(bundle.files.get(name)).toEqual(good);
    expect(served.exchanges.filter(({ path }) => path === `/${name}`).map(({ status }) => status)).toEqual([200, 206, 206, 206, 200]);
  });

  it('is refused, and forgotten, where the whole is wrong as well', async () => {
    await cutVisit();
    files.set(name, spoiled(name).fill(0));
    await expect(visit()).rejects.toEqual(refusal('bundle-corrupt', new RegExp(`^${name}`)));
    expect((await (await openStore()).draft(keyOf(name))).size).toBe(0);
  });
});

describe('another bundle at the same URL', () => {
  const name = 'lexical.bin';

  it('is not looked for while the stored one is whole', async () => {
    await visit();
    upgrade(name);
    expect((await visit()).bundle.manifest.version).toBe('1.0.0');
  });

  it('takes the place of one that can no longer be made whole, and leaves what both share where it is', async () => {
    await visit();
    const bytes = upgrade(name);
    await (await openStore()).delete(keyOf(name));
    const { bundle } = await visit();
    expect(bundle.manifest.version).toBe('2.0.0');
    expect(bundle.files.get(name)).toEqual(bytes);
    expect(await keptVersion()).toBe('2.0.0');
    expect(served.requests.filter((path) => path === '/weights.bin').length).toBe(1);
  });

  it('takes it only when all of it is there', async () => {
    await visit();
    upgrade(name);
    files.delete(name);
    await (await openStore()).delete(keyOf(name));
    await expect(visit()).rejects.toEqual(refusal('bundle-missing', new RegExp(name)));
    expect(await keptVersion()).toBe('1.0.0');
    upgrade(name);
    expect((await visit()).bundle.manifest.version).toBe('2.0.0');
    expect(await keptVersion()).toBe('2.0.0');
  });
});

describe('a second backend', () => {
  it('loads nothing that the first did, even where nothing can be kept', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const loader = new BundleLoader(await openStore(), served.url, GUARD_BUNDLE, () => {});
    await loader.bundle();
    const before = loader.downloadedBytes;
    await loader.bundle();
    expect(loader.downloadedBytes - before).toBe(0);
    await loader.keep();
  });
});

describe('two bundles', () => {
  it('stand side by side and share what is the same', async () => {
    await visit();
    const loader = new BundleLoader(await openStore(), `${served.url}other/`, GUARD_BUNDLE, () => {});
    for (const [name, bytes] of original) files.set(`other/${name}`, bytes);
    await loader.bundle();
    await loader.keep();
    expect(served.requests.filter((path) => path.startsWith('/other/'))).toEqual(['/other/manifest.json']);
    expect((await visit()).downloadedBytes).toBe(0);
  });
});
