import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';

export default defineConfig({
  plugins: [rulePacks()],
  // The library's build for browsers, which is the one that ships: its build for Node takes another runtime.
  resolve: { alias: { '@huggingface/transformers': resolve('packages/engine/node_modules/@huggingface/transformers/dist/transformers.web.js') } },
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts'],
    // Left out, one core stays idle: of two, that is half.
    maxWorkers: '100%',
    // Starting the engine takes two seconds, and many times that on a busy machine: the limits are there for what hangs.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
