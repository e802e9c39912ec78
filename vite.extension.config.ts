import { defaultClientConditions, defineConfig, type UserConfig } from 'vite';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';
import { firefoxManifest } from './vite-plugin-firefox.ts';
import { modelBundle } from './vite-plugin-models.ts';
import { notice } from './vite-plugin-notice.ts';

const shared = { root: 'apps/extension', base: './', resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] } };
const outDirs = { chrome: '../../dist/extension', firefox: '../../dist/extension-firefox' };
const notices = notice('NOTICE');
type Browser = keyof typeof outDirs;

/** The background's script of each browser, and where it needs one, the engine's document. */
const inputs: Readonly<Record<Browser, Readonly<Record<string, string>>>> = {
  chrome: { offscreen: 'apps/extension/offscreen.html', 'service-worker': 'apps/extension/src/background/service-worker.ts' },
  firefox: { 'event-page': 'apps/extension/src/background/event-page.ts' },
};

// Two builds into one folder: what the browser loads as modules, and the content script, which has to be one classic script.
const pages = (browser: Browser): UserConfig => ({
  ...shared,
  build: {
    outDir: outDirs[browser],
    emptyOutDir: true,
    target: 'chrome124',
    modulePreload: false,
    rollupOptions: {
      input: { panel: 'apps/extension/panel.html', ...inputs[browser] },
      output: { entryFileNames: ({ name }) => (name === 'service-worker' || name === 'event-page' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es', plugins: () => [rulePacks(), notices.worker()] },
  plugins: [rulePacks(), modelBundle('models/bundle', { tools: false }), notices.build(), ...(browser === 'firefox' ? [firefoxManifest()] : [])],
});

const content = (browser: Browser): UserConfig => ({
  ...shared,
  publicDir: false,
  build: {
    outDir: outDirs[browser],
    emptyOutDir: false,
    target: 'chrome124',
    rollupOptions: { input: 'apps/extension/src/content/main.ts', output: { format: 'iife', entryFileNames: 'content.js' } },
  },
});

// Modes: `chrome` or `firefox`, and with `-content` behind it the content script.
export default defineConfig(({ mode }) => {
  const browser: Browser = mode.startsWith('firefox') ? 'firefox' : 'chrome';
  return mode.endsWith('content') ? content(browser) : pages(browser);
});
