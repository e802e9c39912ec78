import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FileServer, type FileServerOptions, startFileServer } from '../node/testing/file-server.ts';
import { type Served, serve } from '../node/testing/http-server.ts';
import { download } from './download.ts';
import { type Draft, PIECE_BYTES, passingDraft } from './draft.ts';

const BODY = Buffer.from(new Uint8Array(300_000).map((_, index) => (index * index) % 251));
const answer: RequestListener = (_request, response) => void response.end(BODY);
const fail =
  (status: number): RequestListener =>
  (_request, response) =>
    void response.writeHead(status).end('no');
const breakOff: RequestListener = (_request, response) => {
  response.writeHead(200, { 'Content-Length': BODY.byteLength });
  response.write(BODY.subarray(0, 1000), () => response.destroy());
};

let served: Served | undefined;
let draft: Draft;
beforeEach(() => {
  draft = passingDraft();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  await served?.close();
});

/** A server that answers the first request as the first listener does, and so on; the last one stays. */
async function serveInTurn(...turns: RequestListener[]): Promise<Served> {
  let turn = 0;
  served = await serve((request, response) => {
    turns[Math.min(turn, turns.length - 1)]?.(request, response);
    turn += 1;
  });
  return served;
}

const refusal = (code: string, message: RegExp) => expect.objectContaining({ name: 'PortcullisError', code, message: expect.stringMatching(message) });
const whole = (url: string) => download({ url, size: BODY.byteLength }, draft, () => {});

describe('download', () => {
  it('gives the file whole, and counts its bytes as they come', async () => {
    const { url, requests } = await serveInTurn(answer);
    const counts: number[] = [];
    expect(await download({ url: `${url}file.bin`, size: BODY.byteLength }, draft, (count) => counts.push(count))).toBe('whole');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(counts.reduce((sum, count) => sum + count)).toBe(BODY.byteLength);
    expect(requests).toEqual(['/file.bin']);
  });

  it('gives an empty file, and one of unknown size', async () => {
    const { url } = await serveInTurn((_request, response) => void response.end(), answer);
    await download({ url, size: undefined }, draft, () => {});
    expect(draft.bytes()).toEqual(new Uint8Array());
    await download({ url, size: undefined }, draft, () => {});
    expect(BODY.equals(draft.bytes())).toBe(true);
  });

  it('reads little more than it should of a file that does not end', async () => {
    const chunk = new Uint8Array(10_000);
    const { url } = await serveInTurn((_request, response) => {
      const more = (): void => void (response.destroyed || response.write(chunk, more));
      more();
    });
    await whole(url);
    expect(draft.size).toBeGreaterThan(BODY.byteLength);
    expect(draft.size).toBeLessThan(BODY.byteLength + 1_000_000);
  });

  it.each([404, 410])('asks once for what is gone: %d', async (status) => {
    const { url, requests } = await serveInTurn(fail(status), answer);
    await expect(whole(`${url}file.bin`)).rejects.toEqual(refusal('bundle-missing', new RegExp(`^${url}file\\.bin: HTTP ${status}$`)));
    expect(requests.length).toBe(1);
  });

  it.each([500, 503])('asks three times where the server fails, then says how: %d', async (status) => {
    const { url, requests } = await serveInTurn(fail(status));
    await expect(whole(`${url}file.bin`)).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}file\\.bin: HTTP ${status}$`)));
    expect(requests.length).toBe(3);
  });

  it.each([
    ['a server error', fail(502)],
    ['a refused connection', (request) => void request.socket.destroy()],
    ['a connection that broke midway', breakOff],
  ] as [string, RequestListener][])('gets over %s', async (_name, failure) => {
    const { url, requests } = await serveInTurn(failure, answer);
    expect(await whole(url)).toBe('whole');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(requests.length).toBe(2);
  });

  it('never gives half a file', async () => {
    const { url, requests } = await serveInTurn(breakOff);
    await expect(whole(url)).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}: `)));
    expect(requests.length).toBe(3);
    expect(draft.size).toBe(0);
  });

  it('says so where nobody answers', async () => {
    const { url, close } = await serveInTurn(answer);
    await close();
    await expect(whole(url)).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}: `)));
  });

  it('takes a connection that has gone silent for broken', async () => {
    // Only the global timers stand still: Node's own, under the sockets, run on.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let asked = (): void => {};
    const silent = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { url, requests } = await serveInTurn((_request, response) => {
      response.writeHead(200, { 'Content-Length': BODY.byteLength });
      response.write(BODY.subarray(0, 1000), asked);
    }, answer);
    const downloaded = whole(url);
    await silent;
    const patience = setInterval(() => vi.advanceTimersByTime(10_000), 20);
    expect(await downloaded).toBe('whole');
    clearInterval(patience);
    expect(requests.length).toBe(2);
  });
});

describe('a download that broke', () => {
  const LAST_MODIFIED = { 'Last-Modified': 'Sat, 21 Nov 2026 12:00:00 GMT' };
  const HALF = 150_000;
  let files: FileServer;
  const start = async (headers: Record<string, string>, options: FileServerOptions = {}, body: Uint8Array = BODY): Promise<string> => {
    files = await startFileServer(() => body, { headers: () => headers, ...options });
    served = files;
    return `${files.url}file.bin`;
  };

  it.each([
    ['its ETag', { ETag: '"v1"', ...LAST_MODIFIED }, '"v1"'],
    ['its date', LAST_MODIFIED, LAST_MODIFIED['Last-Modified']],
    ['its date, where its ETag is weak', { ETag: 'W/"v1"', ...LAST_MODIFIED }, LAST_MODIFIED['Last-Modified']],
  ])('goes on where it broke, if the file has still %s', async (_name, headers, ifRange) => {
    const url = await start(headers);
    files.stop('/file.bin', HALF, 'cut');
    let received = 0;
    const how = await download({ url, size: BODY.byteLength }, draft, (count) => {
      received += count;
    });
    expect(how).toBe('spliced');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(received).toBe(BODY.byteLength);
    expect(files.exchanges).toEqual([
      expect.objectContaining({ range: undefined, ifRange: undefined, status: 200, sent: HALF }),
      expect.objectContaining({ range: `bytes=${HALF}-`, ifRange, status: 206, sent: BODY.byteLength - HALF }),
    ]);
  });

  it.each([
    ['gives no validator', {}, {}],
    ['gives only a weak ETag', { ETag: 'W/"v1"' }, {}],
    ['knows no ranges', { ETag: '"v1"' }, { ranges: 'none' }],
    ['compresses', { ETag: '"v1"' }, { gzip: true }],
  ] as [string, Record<string, string>, FileServerOptions][])('starts again where the server %s', async (_name, headers, options) => {
    const url = await start(headers, options);
    files.stop('/file.bin', 1000, 'cut');
    expect(await whole(url)).toBe('whole');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(files.exchanges.map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each(['careful', 'careless'] as const)('starts again where the file has changed, on a server that is %s with If-Range', async (ranges) => {
    const headers = { ETag: '"v1"' };
    const url = await start(headers, { ranges });
    files.stop('/file.bin', HALF, 'cut');
    // Told before anything is asked for again.
    const how = await download({ url, size: BODY.byteLength }, draft, () => {
      headers.ETag = '"v2"';
    });
    expect(how).toBe('whole');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(draft.validator).toBe('"v2"');
    expect(files.exchanges.map(({ status }) => status)).toEqual(ranges === 'careful' ? [200, 200] : [200, 206, 200]);
  });

  it('starts again where there is less of the file than it has', async () => {
    const url = await start({ ETag: '"v1"' });
    await draft.restart('"v1"');
    draft.append(new Uint8Array(BODY.byteLength + 1));
    expect(await whole(url)).toBe('whole');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(files.exchanges.map(({ status }) => status)).toEqual([416, 200]);
  });

  it('asks for nothing where nothing is lacking', async () => {
    const url = await start({ ETag: '"v1"' });
    await draft.restart('"v1"');
    draft.append(BODY);
    expect(await whole(url)).toBe('spliced');
    expect(files.exchanges).toEqual([]);
  });

  it('keeps what came while the server is down', async () => {
    const url = await start({ ETag: '"v1"' });
    files.stop('/file.bin', HALF, 'cut');
    await files.close();
    await draft.restart('"v1"');
    draft.append(BODY.subarray(0, HALF));
    await expect(whole(url)).rejects.toEqual(refusal('bundle-network', /file\.bin: /));
    expect(draft.size).toBe(HALF);
  });

  it('asks other origins without If-Range, which they would have to allow first', async () => {
    const url = await start({ ETag: '"v1"' }, { ranges: 'careful' });
    vi.stubGlobal('location', { origin: 'https://page.example' });
    files.stop('/file.bin', HALF, 'cut');
    expect(await whole(url)).toBe('spliced');
    expect(BODY.equals(draft.bytes())).toBe(true);
    expect(files.exchanges[1]).toMatchObject({ range: `bytes=${HALF}-`, ifRange: undefined, status: 206 });
  });

  it('is tried for as long as it gets on', async () => {
    const big = new Uint8Array(5.5 * PIECE_BYTES).map((_, index) => (index * 31) % 253);
    const url = await start({ ETag: '"v1"' }, {}, big);
    for (let cuts = 0; cuts < 5; cuts += 1) files.stop('/file.bin', PIECE_BYTES, 'cut');
    expect(await download({ url, size: big.byteLength }, draft, () => {})).toBe('spliced');
    expect(Buffer.from(draft.bytes()).equals(big)).toBe(true);
    expect(files.exchanges.length).toBe(6);
    expect(files.sent('/file.bin')).toBe(big.byteLength);
  });
});
