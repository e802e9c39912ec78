import { describe, expect, it } from 'vitest';
import { murmur3 } from './murmur3.ts';

describe('murmur3', () => {
  // `sklearn.utils.murmurhash3_32(text, seed=0)` of scikit-learn 1.9.1.
  it.each([
    ['', 0],
    ['a', 1009084850],
    ['ab', -1681926305],
    ['abc', -1277324294],
    ['abcd', 1139631978],
    ['ignore all previous', -1375429785],
    [' vergiss ', 1835836768],
    ['größe', -472672705],
    ['忽略之前', -64919640],
    ['👍 ok', 1887051564],
  ])('hashes %j as scikit-learn does', (text, hash) => {
    const bytes = new TextEncoder().encode(text);
    expect(murmur3(bytes, 0, bytes.length)).toBe(hash);
  });

  it('looks at the range it is given only', () => {
    const bytes = new TextEncoder().encode('xxignorexxx');
    const alone = new TextEncoder().encode('ignore');
    expect(murmur3(bytes, 2, 8)).toBe(murmur3(alone, 0, 6));
  });
});
