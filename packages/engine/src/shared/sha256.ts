import { PortcullisError } from '@portcullis/core';

/**
 * SHA-256 in lower-case hex.
 * @throws {PortcullisError} `bundle-corrupt` on pages without WebCrypto (plain http): what can't be verified doesn't run.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new PortcullisError('bundle-corrupt', 'models cannot be verified here: WebCrypto needs https or localhost');
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes as BufferSource);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
