import { defaultClientConditions, defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { rulePacks } from './packages/rules/src/node/vite-plugin.ts';
import { modelBundle } from './vite-plugin-models.ts';
import { notice } from './vite-plugin-notice.ts';

// Threads need cross-origin isolation; the page has to work without, so tests can turn it off.
const headers: Record<string, string> =
  process.env.PORTCULLIS_ISOLATED === '0' ? {} : { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

// The engine names its own runtime files: without the condition the bundler would ship every wasm of the runtime as well.
const conditions = ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions];

const notices = notice('NOTICE');

export default defineConfig({
  root: 'apps/demo',
  base: './',
  publicDir: '../../public',
  build: { outDir: '../../dist/demo', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  worker: { format: 'es', plugins: () => [rulePacks(), notices.worker()] },
  resolve: { conditions },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers },
  preview: { headers },
  plugins: [
    rulePacks(),
    notices.build(),
    modelBundle(process.env.PORTCULLIS_BUNDLE ?? 'models/bundle'),
    VitePWA({
      // Not `autoUpdate`, and no `skipWaiting`: a new version waits until the last tab is closed, or a person takes it. One that took over at once would
      // take from open tabs what they have not loaded yet, their worker among it.
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Portcullis',
        short_name: 'Portcullis',
        description: 'A chat behind a prompt guard that runs wholly in the browser',
        display: 'standalone',
        start_url: './',
        background_color: '#f6f5f1',
        theme_color: '#0d5c63',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        // The shell only. Models and the runtime's wasm are large and versioned by checksum: the engine keeps them in IndexedDB.
        globPatterns: ['**/*.{html,js,mjs,css,svg,webmanifest}'],
        globIgnores: ['models/**', '**/*.wasm'],
        maximumFileSizeToCacheInBytes: 8_000_000,
        navigateFallback: 'index.html',
        navigateFallbackDenylist: [/\/models\//],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
      },
    }),
  ],
});
