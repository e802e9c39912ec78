import { PortcullisError } from '@portcullis/core';
import { type Draft, PIECE_BYTES } from './draft.ts';

const RETRIES = 2;
const RETRY_DELAY_MS = 300;
/** A connection that has been silent for so long is taken for broken: a phone that changed networks is told of nothing. */
const SILENCE_MS = 30_000;

/** Where a file is, and how long: without its size known it is not asked for in parts. */
export interface Source {
  readonly url: string;
  readonly size: number | undefined;
}

/**
 * Fetches what a draft lacks of a file. Server errors and broken connections are tried again twice, and again after each megabyte or two
 * that a try has gained; a 404 is not. Where the server gives a validator, what came stays in the draft, and the rest is asked for.
 * @param onBytes told the size of each chunk as it arrives: decoded bytes, where the transfer was compressed.
 * @returns `spliced` where the bytes come from more than one response: then a wrong checksum may be the splice's fault.
 * @throws {PortcullisError} `bundle-missing` for 404 and 410, `bundle-network` for the rest, naming URL and status.
 */
export async function download(source: Source, draft: Draft, onBytes: (count: number) => void): Promise<'whole' | 'spliced'> {
  let failures = 0;
  for (;;) {
    const before = draft.size;
    if (before > 0 && before === source.size) return 'spliced';
    try {
      return await attempt(source, draft, onBytes);
    } catch (error) {
      await draft.pause();
      if (error instanceof PortcullisError && error.code === 'bundle-missing') throw error;
      failures = draft.size >= before + PIECE_BYTES ? 1 : failures + 1;
      if (failures > RETRIES)
        throw error instanceof PortcullisError ? error : new PortcullisError('bundle-network', `${source.url}: ${String(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * 2 ** (failures - 1)));
    }
  }
}

async function attempt(source: Source, draft: Draft, onBytes: (count: number) => void): Promise<'whole' | 'spliced'> {
  const silence = new AbortController();
  const give = (): void => silence.abort(new Error(`no byte came for ${SILENCE_MS / 1000} s`));
  let timer = setTimeout(give, SILENCE_MS);
  try {
    const response = await request(source, draft, silence.signal);
    const spliced = response.status === 206;
    if (!spliced) await draft.restart(validatorOf(response, source.size));
    const reader = response.body?.getReader();
    // No further than a byte too many: the checksum will not fit any more.
    while (reader !== undefined && draft.size <= (source.size ?? Number.POSITIVE_INFINITY)) {
      const { done, value } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      draft.append(value);
      onBytes(value.byteLength);
      timer = setTimeout(give, SILENCE_MS);
    }
    return spliced ? 'spliced' : 'whole';
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Asks for the rest, where there is a beginning; for the whole, where the answer does not go on from it. */
async function request({ url, size }: Source, draft: Draft, signal: AbortSignal): Promise<Response> {
  if (draft.size > 0 && draft.validator !== undefined) {
    const response = await requestRest(url, draft.size, draft.validator, signal);
    if (response !== undefined && (response.status === 200 || goesOn(response, draft, size))) return response;
    await response?.body?.cancel();
  }
  const response = await fetchUncached(url, {}, signal);
  if (response.status === 200) return response;
  throw httpError(url, response.status);
}

/** The answer to a request for all from `start` on: 200, 206 or 416; undefined where another origin does not even let us ask. */
async function requestRest(url: string, start: number, validator: string, signal: AbortSignal): Promise<Response | undefined> {
  const Range = `bytes=${start}-`;
  const foreign = globalThis.location !== undefined && new URL(url).origin !== location.origin;
  // To other origins `If-Range` would need a preflight, which few allow; `Range` needs none. The validators are compared here as well.
  const response = foreign
    ? await fetchUncached(url, { Range }, signal).catch(() => undefined)
    : await fetchUncached(url, { Range, 'If-Range': validator }, signal);
  if (response === undefined || [200, 206, 416].includes(response.status)) return response;
  throw httpError(url, response.status);
}

/** Whether a response is the very rest of the file that was asked for. Other origins need not show `Content-Range`: then its length tells. */
function goesOn(response: Response, draft: Draft, size: number | undefined): boolean {
  const { status, headers } = response;
  if (status !== 206 || headers.has('Content-Encoding') || versionOf(headers) !== draft.validator) return false;
  const range = headers.get('Content-Range');
  return range === null
    ? Number(headers.get('Content-Length')) === (size ?? 0) - draft.size
    : range.startsWith(`bytes ${draft.size}-`) && range.endsWith(`/${size}`);
}

/**
 * What the rest of this response can be asked for by later, if it can. Not of an encoded one: a range would count bytes of the encoding,
 * and we only see what the browser decoded. Other origins need not show `Content-Encoding`, but then the length is not the file's.
 */
function validatorOf({ headers }: Response, size: number | undefined): string | undefined {
  const plain = !headers.has('Content-Encoding') && Number(headers.get('Content-Length')) === size;
  return plain ? versionOf(headers) : undefined;
}

/** RFC 9110, 13.1.5: a weak ETag does not vouch for bytes. */
function versionOf(headers: Headers): string | undefined {
  const etag = headers.get('ETag');
  return (etag?.startsWith('"') ? etag : headers.get('Last-Modified')) ?? undefined;
}

// `no-store`: the artifact store is the cache; a second copy in the browser's would double the disk and could keep a broken file alive.
const fetchUncached = (url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> =>
  fetch(url, { cache: 'no-store', headers, signal });

function httpError(url: string, status: number): PortcullisError {
  const gone = status === 404 || status === 410;
  return new PortcullisError(gone ? 'bundle-missing' : 'bundle-network', `${url}: HTTP ${status}`);
}
