import { defineConfig } from '@playwright/test';

// What is measured in a real browser and printed; nothing here can fail for being slow.
export default defineConfig({ testDir: 'e2e', testMatch: '**/*.bench.ts', workers: 1, reporter: 'line', expect: { timeout: 90_000 } });
