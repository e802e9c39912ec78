import { createReadStream, existsSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';

const TYPES: Record<string, string> = { '.json': 'application/json', '.onnx': 'application/octet-stream' };

/**
 * Serves the model bundle at `models/` in development and copies it beside the built page. Not in `public/`: it is an artifact of
 * the training pipeline, and a clone without it must still build.
 */
export function modelBundle(folder: string): Plugin {
  const source = resolve(folder);
  let outDir = '';
  return {
    name: 'portcullis:models',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use('/models', (request, response) => {
        const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
        const file = join(source, path);
        const inside = !relative(source, file).startsWith('..');
        if (!inside || !existsSync(file) || !statSync(file).isFile()) {
          // Falling through would answer with the page itself, and a manifest that parses as HTML is a puzzling error.
          response.statusCode = 404;
          response.end();
          return;
        }
        response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
        response.setHeader('Content-Length', statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
    async closeBundle() {
      if (existsSync(source) && outDir !== '') await cp(source, join(outDir, 'models'), { recursive: true });
    },
  };
}
