import { defineConfig } from '@playwright/test';

/** Served with cross-origin isolation, hence with threads. */
export const ISOLATED = 4173;
/** The same pages without. */
export const PLAIN = 4174;

const preview = (port: number, isolated: boolean) => ({
  command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
  env: { PORTCULLIS_ISOLATED: isolated ? '1' : '0' },
  url: `http://localhost:${port}/`,
  reuseExistingServer: false,
});

export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
// Without the first, root cannot run Chromium; without the second, it calls its maker at every start.
export const BROWSER_ARGS = ['--no-sandbox', '--disable-background-networking'];
/** WebGPU on a software adapter: it computes correctly, and takes seconds a run. */
export const WEBGPU_ARGS = [...BROWSER_ARGS, '--enable-unsafe-webgpu'];

// The built pages, in a real browser.
export default defineConfig({
  testDir: 'e2e',
  // Bounds for what hangs, not for what is slow: a machine that shares its cores may take ten times as long as another.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  workers: 2,
  fullyParallel: true,
  // A test that passes only the second time is told of as flaky, by name.
  retries: 1,
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${ISOLATED}/`,
    launchOptions: { executablePath: CHROMIUM, args: WEBGPU_ARGS },
    // No traces: they would keep every model file that a test loads.
    screenshot: 'only-on-failure',
  },
  webServer: [preview(ISOLATED, true), preview(PLAIN, false)],
});
