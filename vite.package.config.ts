import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultClientConditions, defineConfig } from 'vite';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';
import { notice } from './vite-plugin-notice.ts';
import { exportsOf, packageTypes } from './vite-plugin-types.ts';

const outDir = resolve('dist/portcullis');
const notices = notice('NOTICE');

/** What `docs` tell of, under the same names: `@portcullis/guard/fetch` is `guard/fetch`. The rest of the element's exports are parts for this project's own. */
const PUBLIC = { element: /^\.(?:\/(?:badge|report|jsx))?$/, guard: /^/ };

const entries = Object.fromEntries(
  Object.entries(PUBLIC).flatMap(([name, shown]) =>
    Object.entries(exportsOf(name))
      .filter(([path]) => shown.test(path))
      .map(([path, source]) => [`${name}${path.slice(1)}`, `packages/${name}/${source.slice(2)}`]),
  ),
);

/** What a page, a bundler or a compiler finds the entries by. */
const manifest = {
  name: 'portcullis',
  version: '0.1.0',
  license: 'Apache-2.0',
  type: 'module',
  exports: Object.fromEntries(Object.keys(entries).map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }])),
  sideEffects: ['./element.js', './element/badge.js', './element/report.js'],
  // For their types alone: who uses such an adapter has its library.
  peerDependencies: { '@ai-sdk/provider': '^4.0.0', '@opentelemetry/api': '^1.3.0' },
  peerDependenciesMeta: { '@ai-sdk/provider': { optional: true }, '@opentelemetry/api': { optional: true } },
};

// The guard, its adapters and the elements as a folder of plain modules, worker and runtime included: a page loads them as they are, a bundler takes them in.
export default defineConfig({
  publicDir: false,
  base: './',
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      preserveEntrySignatures: 'strict',
      input: entries,
      output: { entryFileNames: '[name].js' },
    },
  },
  worker: { format: 'es', plugins: () => [rulePacks(), notices.worker()] },
  // The engine names its own runtime files: without the condition the bundler would ship every wasm of the runtime as well.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  plugins: [
    rulePacks(),
    packageTypes(entries, outDir),
    notices.build(),
    { name: 'portcullis:package', closeBundle: () => writeFileSync(resolve(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`) },
  ],
});
