import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Served, serve } from '../node/testing/http-server.ts';
import { download } from './download.ts';

const BODY = new Uint8Array(300_000).map((_, index) => index % 251);
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
afterEach(() => served?.close());

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

describe('download', () => {
  it('gives the file whole, and counts its bytes as they come', async () => {
    const { url, requests } = await serveInTurn(answer);
    const counts: number[] = [];
    const bytes = await download(`${url}file.bin`, (loaded) => counts.push(loaded));
    expect(Buffer.from(bytes).equals(BODY)).toBe(true);
    expect(counts.at(-1)).toBe(BODY.byteLength);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
    expect(requests).toEqual(['/file.bin']);
  });

  it('gives an empty file', async () => {
    const { url } = await serveInTurn((_request, response) => void response.end());
    expect(await download(url, () => {})).toEqual(new Uint8Array());
  });

  it.each([404, 410])('asks once for what is gone: %d', async (status) => {
    const { url, requests } = await serveInTurn(fail(status), answer);
    await expect(download(`${url}file.bin`, () => {})).rejects.toEqual(refusal('bundle-missing', new RegExp(`^${url}file\\.bin: HTTP ${status}$`)));
    expect(requests.length).toBe(1);
  });

  it.each([500, 503])('asks three times where the server fails, then says how: %d', async (status) => {
    const { url, requests } = await serveInTurn(fail(status));
    await expect(download(`${url}file.bin`, () => {})).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}file\\.bin: HTTP ${status}$`)));
    expect(requests.length).toBe(3);
  });

  it.each([
    ['a server error', fail(502)],
    ['a refused connection', (request) => void request.socket.destroy()],
    ['a connection that broke midway', breakOff],
  ] as [string, RequestListener][])('gets over %s', async (_name, failure) => {
    const { url, requests } = await serveInTurn(failure, answer);
    const bytes = await download(url, () => {});
    expect(Buffer.from(bytes).equals(BODY)).toBe(true);
    expect(requests.length).toBe(2);
  });

  it('never gives half a file', async () => {
    const { url, requests } = await serveInTurn(breakOff);
    await expect(download(url, () => {})).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}: `)));
    expect(requests.length).toBe(3);
  });

  it('says so where nobody answers', async () => {
    const { url, close } = await serveInTurn(answer);
    await close();
    await expect(download(url, () => {})).rejects.toEqual(refusal('bundle-network', new RegExp(`^${url}: `)));
  });
});
