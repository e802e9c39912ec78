import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build, defaultClientConditions } from 'vite';
import { rulePacks } from '../../packages/rules/src/node/vite-plugin.ts';

/** A folder with an empty page, and modules beside it as an app would build them. */
export interface BuiltPage extends Disposable {
  readonly folder: string;
}

/** @param entries Sources by the names of the modules: `hub` becomes `/hub.js`. */
export async function buildPage(entries: Readonly<Record<string, string>>): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'built-page-'));
  const input = Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, resolve(source)]));
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: './',
    build: {
      outDir: folder,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: { preserveEntrySignatures: 'strict', input, output: { entryFileNames: '[name].js' } },
    },
    worker: { format: 'es', plugins: () => [rulePacks()] },
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html lang="en"><meta charset="utf-8"><title>Built</title></html>');
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}
