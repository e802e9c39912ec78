import { afterEach, describe, expect, it, vi } from 'vitest';
import { sha256 } from './sha256.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('sha256', () => {
  // FIPS 180-4's own examples.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('of %j', async (text, hex) => {
    expect(await sha256(new TextEncoder().encode(text))).toBe(hex);
  });

  it('hashes a view, not the buffer below it', async () => {
    const view = new TextEncoder().encode('xabcx').subarray(1, 4);
    expect(await sha256(view)).toBe(await sha256(new TextEncoder().encode('abc')));
  });

  it.each([undefined, {}])('verifies nothing without WebCrypto, and says so: %o', async (crypto) => {
    vi.stubGlobal('crypto', crypto);
    await expect(sha256(new Uint8Array())).rejects.toMatchObject({
      code: 'bundle-corrupt',
      message: expect.stringMatching(/WebCrypto needs https or localhost/),
    });
  });
});
