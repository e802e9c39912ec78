import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, relative } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface StaticSite extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** `GET /path body` of every request. */
  readonly requests: readonly string[];
}

/** Serves folders as they are, each under a path, with these headers on every answer, on a port of its own. */
export async function serveFolders(folders: Readonly<Record<string, string>>, headers: OutgoingHttpHeaders): Promise<StaticSite> {
  const requests: string[] = [];
  const fileFor = (path: string): string | undefined => {
    const mount = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    const folder = mount === undefined ? undefined : folders[mount];
    if (mount === undefined || folder === undefined) return undefined;
    const file = join(folder, path.slice(mount.length) || 'index.html');
    return !relative(folder, file).startsWith('..') && existsSync(file) && statSync(file).isFile() ? file : undefined;
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => requests.push(`${request.method} ${request.url} ${body}`));
    const file = fileFor(decodeURIComponent(pathname));
    response.writeHead(file === undefined ? 404 : 200, { ...headers, 'Content-Type': TYPES[extname(file ?? '')] ?? 'application/octet-stream' });
    if (file === undefined) response.end();
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // `localhost` is a secure context, as the guard's checksums need one.
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
