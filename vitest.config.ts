import { defineConfig } from 'vitest/config';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';

export default defineConfig({
  plugins: [rulePacks()],
  // Starting the engine takes two seconds, and many times that on a busy machine: the limits are there for what hangs.
  test: { include: ['packages/**/*.test.ts', 'apps/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 120_000 },
});
