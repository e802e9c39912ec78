import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { startFileServer } from '../packages/engine/src/node/testing/file-server.ts';
import { tinyE5, tinyEmbedding } from '../packages/engine/src/node/testing/tiny-e5.ts';
import { HUB_MODELS } from '../packages/engine/src/shared/hub-models.ts';
import { type BuiltPage, buildPage } from './support/built-page.ts';
import { SHIPPED, scriptsWith } from './support/built-scripts.ts';
import { ISOLATION } from './support/plain-page.ts';
import { serveFolders } from './support/static-site.ts';

const MODEL = 'intfloat/e5-small-v2';
const { repo, revision, dimension } = HUB_MODELS[MODEL];
/** What the library has in every build of it. */
const LIBRARY = /transformers-cache/;

let built: BuiltPage;
test.beforeAll(async () => {
  built = await buildPage({ hub: 'packages/engine/src/page/hub.ts' });
});
test.afterAll(() => built?.[Symbol.dispose]());

/** What the page's script gives; its own types end at the browser's door. */
type Entry = typeof import('../packages/engine/src/page/hub.ts');

for (const isolated of [true, false]) {
  test(`an encoder from a mirror of the Hub, ${isolated ? 'isolated' : 'not isolated'}, under a strict policy`, async ({ page }) => {
    const files = new Map([...tinyE5(MODEL)].map(([name, bytes]) => [`/${repo}/resolve/${revision}/${name}`, bytes]));
    const mirror = await startFileServer((path) => files.get(path), { headers: () => ({ 'Access-Control-Allow-Origin': '*' }) });
    const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self' ${mirror.url}`;
    const isolation = isolated && ISOLATION;
    await using site = await serveFolders({ '/': built.folder }, { 'Content-Security-Policy': policy, ...isolation });
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (![site.url, mirror.url.slice(0, -1)].includes(new URL(request.url()).origin)) elsewhere.push(request.url());
    });

    const visit = async () => {
      await page.goto(`${site.url}/`);
      return page.evaluate(
        async ({ model, host }) => {
          const { loadHubEncoder } = (await import(`${location.origin}/hub.js`)) as Entry;
          const phases = new Set<string>();
          const encoder = await loadHubEncoder({ model, host, onProgress: ({ phase }) => phases.add(phase) });
          const [pump, same, near] = await Promise.all([
            encoder.embed('heat pumps'),
            encoder.similarity('a prompt', 'a prompt'),
            encoder.similarity('heat', 'pump'),
          ]);
          const wrong = await encoder.embed(7 as unknown as string).catch(({ code }) => code as string);
          const aborted = await encoder.embed('late', { signal: AbortSignal.abort() }).catch(({ name }) => name as string);
          encoder.close();
          const closed = await encoder.embed('late').catch(({ code }) => code as string);
          const large = await loadHubEncoder({ model: 'intfloat/e5-large-v2', host: '/nowhere' }).catch(({ code }) => code as string);
          const unknown = await loadHubEncoder({ model: 'gpt-2' as 'intfloat/e5-large-v2', host }).catch(({ code }) => code as string);
          const { info } = encoder;
          return { pump: [...pump], same, near, info, phases: [...phases], errors: [wrong, aborted, closed, large, unknown], isolated: crossOriginIsolated };
        },
        { model: MODEL, host: mirror.url } as const,
      );
    };

    const first = await visit();
    expect(first.isolated).toBe(isolated);
    const [heat, pump] = ['heat', 'pump'].map((word) => tinyEmbedding([word], dimension));
    expect(first.pump.length).toBe(dimension);
    for (const [place, value] of tinyEmbedding(['heat', 'pump', '##s'], dimension).entries()) expect(first.pump[place]).toBeCloseTo(value, 5);
    expect(first.same).toBeCloseTo(1, 5);
    expect(first.near).toBeCloseTo(heat?.reduce((sum, value, place) => sum + value * (pump?.[place] ?? 0), 0) ?? Number.NaN, 5);
    expect(first.errors).toEqual(['input-invalid', 'AbortError', 'closed', 'bundle-missing', 'input-invalid']);
    expect(first.phases).toEqual(['download', 'verify', 'start']);
    expect(first.info.downloadedBytes).toBeGreaterThan(14e6);

    const asked = mirror.requests.filter((path) => path.includes(repo)).length;
    expect(asked).toBe(files.size);
    const again = await visit();
    expect(again.info).toEqual({ downloadedBytes: 0, persistent: true });
    expect(again.pump).toEqual(first.pump);
    expect(mirror.requests.filter((path) => path.includes(repo)).length).toBe(asked);
    expect(elsewhere).toEqual([]);
    await mirror.close();
  });
}

test('what ships by default has nothing of it, and one runtime', () => {
  // The mark is one that the library has.
  expect(scriptsWith(LIBRARY, built.folder).length).toBeGreaterThan(0);
  for (const folder of SHIPPED) {
    expect(existsSync(folder), folder).toBe(true);
    expect(scriptsWith(LIBRARY, folder), folder).toEqual([]);
    const binaries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wasm'));
    expect(binaries.map((name) => name.replace(/^.*\/|-[\w-]{8}\.wasm$/g, '')).sort(), folder).toEqual([
      'ort-wasm-simd-threaded',
      'ort-wasm-simd-threaded.asyncify',
    ]);
  }
});
