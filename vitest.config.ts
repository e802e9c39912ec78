import { defineConfig } from 'vitest/config';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';

export default defineConfig({
  plugins: [rulePacks()],
  test: { include: ['packages/**/*.test.ts', 'apps/**/*.test.ts'] },
});
