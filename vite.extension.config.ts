import { defaultClientConditions, defineConfig, type UserConfig } from 'vite';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';
import { modelBundle } from './vite-plugin-models.ts';

const outDir = '../../dist/extension';
const shared = { root: 'apps/extension', base: './', resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] } };

// Two builds into one folder: what the browser loads as modules, and the content script, which has to be one classic script.
const pages: UserConfig = {
  ...shared,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome124',
    modulePreload: false,
    rollupOptions: {
      input: {
        panel: 'apps/extension/panel.html',
        offscreen: 'apps/extension/offscreen.html',
        'service-worker': 'apps/extension/src/background/service-worker.ts',
      },
      output: { entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  worker: { format: 'es', plugins: () => [rulePacks()] },
  plugins: [rulePacks(), modelBundle('models/bundle', { tools: false })],
};

const content: UserConfig = {
  ...shared,
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: false,
    target: 'chrome124',
    rollupOptions: { input: 'apps/extension/src/content/main.ts', output: { format: 'iife', entryFileNames: 'content.js' } },
  },
};

export default defineConfig(({ mode }) => (mode === 'content' ? content : pages));
