import { PortcullisError } from '@portcullis/core';

const RETRIES = 2;
const RETRY_DELAY_MS = 300;

/**
 * Fetches a file whole. Server errors and broken connections are tried again twice; a 404 is not.
 * @param onBytes told the bytes so far, as they arrive.
 * @throws {PortcullisError} `bundle-missing` for 404 and 410, `bundle-network` for the rest, naming URL and status.
 */
export async function download(url: string, onBytes: (loaded: number) => void): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await readBody(await request(url), onBytes);
    } catch (error) {
      const final = error instanceof PortcullisError && error.code === 'bundle-missing';
      if (final || attempt === RETRIES)
        throw error instanceof PortcullisError ? error : new PortcullisError('bundle-network', `${url}: ${String(error)}`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS * 2 ** attempt));
    }
  }
}

// `no-store`: the artifact store is the cache; a second copy in the browser's would double the disk and could keep a broken file alive.
async function request(url: string): Promise<Response> {
  const response = await fetch(url, { cache: 'no-store' });
  if (response.ok) return response;
  const gone = response.status === 404 || response.status === 410;
  throw new PortcullisError(gone ? 'bundle-missing' : 'bundle-network', `${url}: HTTP ${response.status}`);
}

async function readBody(response: Response, onBytes: (loaded: number) => void): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    loaded += part.value.byteLength;
    onBytes(loaded);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
