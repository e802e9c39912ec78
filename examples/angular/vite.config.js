import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: { outDir: '../../dist/examples/angular', emptyOutDir: true },
});
