import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Served, serve } from './http-server.ts';

/** Between the last byte and the break: a client drops what it has received and not yet read when its connection breaks. */
const CUT_DELAY_MS = 200;

/** What a file server does besides sending files. */
export interface FileServerOptions {
  /** Of every answer with status 200 or 206: validators, types. */
  readonly headers?: (path: string) => OutgoingHttpHeaders;
  /** `careful` (if left out) heeds `If-Range`; `careless` sends ranges whatever it says; `none` knows no ranges. */
  readonly ranges?: 'careful' | 'careless' | 'none';
  /** Compresses whole files for those who accept it. */
  readonly gzip?: boolean;
}

/** One request and what was sent for it. */
export interface Exchange {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly status: number;
  /** Bytes of the body. */
  readonly sent: number;
}

export interface FileServer extends Served {
  readonly exchanges: readonly Exchange[];
  /** Of every body of a path together. */
  sent(path: string): number;
  /** The next answer for a path stops after so many bytes of its body: broken off, or silent for as long as the client waits. */
  stop(path: string, after: number, how: 'cut' | 'hold'): void;
}

/** A file server as deployments have them, with byte ranges (RFC 9110, 14), and with faults on order. */
export async function startFileServer(read: (path: string) => Uint8Array | undefined, options: FileServerOptions = {}): Promise<FileServer> {
  const exchanges: Exchange[] = [];
  const stops: { path: string; after: number; how: 'cut' | 'hold' }[] = [];

  const send = (request: IncomingMessage, response: ServerResponse, status: number, body: Uint8Array): void => {
    const path = pathOf(request);
    const at = stops.findIndex((stop) => stop.path === path && body.byteLength > stop.after);
    const stop = at < 0 ? undefined : stops.splice(at, 1)[0];
    const { range, 'if-range': ifRange } = request.headers;
    exchanges.push({ path, range, ifRange: ifRange as string | undefined, status, sent: stop?.after ?? body.byteLength });
    response.writeHead(status, { 'Content-Length': body.byteLength });
    if (stop === undefined) response.end(body);
    else response.write(body.subarray(0, stop.after), () => stop.how === 'cut' && setTimeout(() => response.socket?.end(), CUT_DELAY_MS));
  };

  const listener: RequestListener = (request, response) => {
    const path = pathOf(request);
    const file = read(path);
    if (file === undefined) {
      send(request, response, 404, new Uint8Array());
      return;
    }
    const headers = options.headers?.(path) ?? {};
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const condition = request.headers['if-range'];
    const current = condition === undefined || options.ranges === 'careless' || Object.values(headers).includes(condition as string);
    if (!Number.isNaN(start) && current && options.ranges !== 'none') {
      const satisfiable = start < file.byteLength;
      response.setHeader('Content-Range', `bytes ${satisfiable ? `${start}-${file.byteLength - 1}` : '*'}/${file.byteLength}`);
      send(request, response, satisfiable ? 206 : 416, satisfiable ? file.subarray(start) : new Uint8Array());
    } else if (options.gzip && /gzip/.test(String(request.headers['accept-encoding']))) {
      response.setHeader('Content-Encoding', 'gzip');
      send(request, response, 200, gzipSync(file, { level: 1 }));
    } else send(request, response, 200, file);
  };

  return {
    ...(await serve(listener)),
    exchanges,
    sent: (path) => exchanges.filter((exchange) => exchange.path === path).reduce((sum, { sent }) => sum + sent, 0),
    stop: (path, after, how) => void stops.push({ path, after, how }),
  };
}

const pathOf = (request: IncomingMessage): string => new URL(request.url ?? '/', 'http://localhost').pathname;
