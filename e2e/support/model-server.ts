import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type FileServer, type FileServerOptions, startFileServer } from '../../packages/engine/src/node/testing/file-server.ts';

const ROOT = 'dist/demo';
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** The built demo on a server of the test's own, which knows byte ranges, counts what it sends, and breaks off where it is told. */
export interface ModelServer extends FileServer, AsyncDisposable {
  /** Paths of the bundle's files, and of the runtime that a start on WASM takes. */
  readonly models: string;
  readonly weights: string;
  readonly runtime: string;
}

export async function startModelServer(options: Pick<FileServerOptions, 'gzip'> = {}): Promise<ModelServer> {
  const read = (path: string): Uint8Array | undefined => {
    const file = join(ROOT, path.endsWith('/') ? `${path}index.html` : path);
    return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
  };
  const server = await startFileServer(read, {
    ...options,
    headers: (path) => ({
      'Content-Type': TYPES[extname(path) || '.html'] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      ETag: `"${path}"`,
    }),
  });
  const models = `/models/${readdirSync(join(ROOT, 'models'))[0]}/`;
  const runtime = readdirSync(join(ROOT, 'assets')).find((name) => /^ort-wasm-simd-threaded-.*\.wasm$/.test(name));
  return { ...server, models, weights: `${models}encoder.weights.bin`, runtime: `/assets/${runtime}`, [Symbol.asyncDispose]: server.close };
}

/** Bytes of a file as the server has it. */
export const sizeOf = (path: string): number => statSync(join(ROOT, path)).size;
