import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: { outDir: '../../dist/examples/svelte', emptyOutDir: true },
  plugins: [svelte()],
});
