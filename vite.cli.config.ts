import { defineConfig } from 'vite';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';

// The CLI: this workspace's own sources in one file; its dependencies stay where pnpm put them.
export default defineConfig({
  root: 'packages/cli',
  publicDir: false,
  plugins: [rulePacks()],
  ssr: {
    noExternal: [/^@portcullis\//, '@huggingface/tokenizers', '@scure/base', /^pure-rand/],
    external: ['onnxruntime-web', 'commander', 'cli-progress', 'valibot', '@observablehq/plot', 'linkedom'],
  },
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: 'portcullis.mjs', codeSplitting: false } },
  },
});
