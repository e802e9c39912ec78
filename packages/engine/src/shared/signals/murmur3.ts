/** MurmurHash3, x86, 32 bits, seed 0 (Appleby, public domain), of `bytes[start, end)`, as scikit-learn's hashing has it: signed. */
export function murmur3(bytes: Uint8Array, start: number, end: number): number {
  const at = (index: number): number => bytes[index] ?? 0;
  const blocksEnd = start + ((end - start) & ~3);
  let hash = 0;
  for (let i = start; i < blocksEnd; i += 4) {
    hash ^= scrambled(at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = end - 1; i >= blocksEnd; i -= 1) tail = (tail << 8) | at(i);
  hash ^= scrambled(tail) ^ (end - start);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scrambled(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
