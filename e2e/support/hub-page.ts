import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, defaultClientConditions } from 'vite';
import { rulePacks } from '../../packages/rules/src/node/vite-plugin.ts';

/** A folder with an empty page and `hub.js`, the entry for encoders from the Hub as an app would build it. */
export interface HubPage extends Disposable {
  readonly folder: string;
}

export async function buildHubPage(): Promise<HubPage> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-page-'));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    build: {
      outDir: folder,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { preserveEntrySignatures: 'strict', input: { hub: resolve('packages/engine/src/page/hub.ts') }, output: { entryFileNames: '[name].js' } },
    },
    worker: { format: 'es', plugins: () => [rulePacks()] },
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="en"><meta charset="utf-8"><title>Hub</title></html>');
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
