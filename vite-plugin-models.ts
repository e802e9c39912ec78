import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { filesForTexts } from './scripts/files-for-texts.mjs';

const TYPES: Record<string, string> = { '.json': 'application/json', '.onnx': 'application/octet-stream' };

/** Where the page finds its bundle: the manifest's hash is in the path, so that a path's content never changes. */
function bundlePath(source: string): string {
  const manifest = join(source, 'manifest.json');
  const hash = existsSync(manifest) ? createHash('sha256').update(readFileSync(manifest)).digest('hex').slice(0, 12) : 'none';
  return `models/${hash}/`;
}

/** What a page that checks no tool calls and no conversations loads of it, as people read sizes. */
function bundleSize(source: string): string {
  const manifest = join(source, 'manifest.json');
  if (!existsSync(manifest)) return 'none yet';
  const bundle = JSON.parse(readFileSync(manifest, 'utf8'));
  return `${Math.round(filesForTexts(bundle).reduce((sum, name) => sum + bundle.artifacts[name].bytes, 0) / 1e6)} MB`;
}

/**
 * Serves the model bundle in development, copies it beside the built page, and tells the page its path as `__BUNDLE_PATH__`, and its size where `{{models}}`
 * stands in its HTML.
 * Without `tools`, the verifier of tool calls stays out: for what checks none.
 * Not in `public/`: it is an artifact of the training pipeline, and a clone without it must still build.
 */
export function modelBundle(folder: string, { tools = true } = {}): Plugin {
  const source = resolve(folder);
  const path = bundlePath(source);
  let outDir = '';
  return {
    name: 'portcullis:models',
    config: () => ({ define: { __BUNDLE_PATH__: JSON.stringify(path) } }),
    transformIndexHtml: (html) => html.replace('{{models}}', bundleSize(source)),
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use(`/${path.slice(0, -1)}`, (request, response) => {
        const file = join(source, decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
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
      if (existsSync(source) && outDir !== '')
        await cp(source, join(outDir, path), { recursive: true, filter: (file) => tools || !basename(file).startsWith('verifier.') });
    },
  };
}
