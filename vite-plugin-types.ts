import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Plugin as RollupPlugin, rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import type { Plugin } from 'vite';

const OWN = /^@portcullis\/([a-z]+)(.*)$/;
/** Libraries whose code is in what is built: their types are taken in, too. All others stay imports. */
const TAKEN_IN = ['lit', 'lit-html', 'lit-element', '@lit/reactive-element', '@types/trusted-types', '@types/sarif', 'valibot', 'onnxruntime-common'];

/**
 * Writes declarations beside what is built: the compiler's, joined so that they name no package of the workspace.
 * @param entries Name of each entry and its source, relative to the root.
 */
export function packageTypes(entries: Readonly<Record<string, string>>, outDir: string): Plugin {
  return {
    name: 'portcullis:types',
    async closeBundle() {
      const emitted = mkdtempSync(join(tmpdir(), 'portcullis-types-'));
      try {
        execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json', '--outDir', emitted], { stdio: 'inherit' });
        const input = Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, declarationOf(join(emitted, source))]));
        const bundle = await rollup({ input, plugins: [fromWorkspace(emitted), dts({ includeExternal: TAKEN_IN })], logLevel: 'silent' });
        await bundle.write({ dir: outDir, entryFileNames: '[name].d.ts', chunkFileNames: 'types/[name]-[hash].d.ts' });
      } finally {
        rmSync(emitted, { recursive: true });
      }
    },
  };
}

const declarationOf = (source: string): string => source.replace(/\.ts$/, '.d.ts');

/** Finds the workspace's packages among what the compiler wrote, and libraries from where the source stands. */
function fromWorkspace(emitted: string): RollupPlugin {
  return {
    name: 'portcullis:workspace',
    resolveId(id, importer) {
      const [, name, path] = OWN.exec(id) ?? [];
      if (name !== undefined) return declarationOf(join(emitted, 'packages', name, exportsOf(name)[`.${path}`] ?? ''));
      if (id.startsWith('.') || !importer?.startsWith(emitted)) return null;
      return this.resolve(id, importer.replace(emitted, resolve('.')).replace(/\.d\.ts$/, '.ts'), { skipSelf: true });
    },
  };
}

/** What a package of the workspace exports, by path. */
export const exportsOf = (name: string): Readonly<Record<string, string>> => JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')).exports;
