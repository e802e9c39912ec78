import { expect, it } from 'vitest';
import { lately } from './lately.ts';

const KEYS = Array.from({ length: 100 }, (_, index) => String(index));

it('keeps the last ones, and no more than it may', () => {
  const kept = lately<number>(10);
  for (const [index, key] of KEYS.entries()) kept.set(key, index);
  const there = KEYS.filter((key) => kept.get(key) !== undefined);
  expect(there.length).toBeLessThanOrEqual(10);
  expect(there).toEqual(KEYS.slice(-there.length));
  expect(there.length).toBeGreaterThanOrEqual(5);
});

it('keeps what is asked for again and again', () => {
  const kept = lately<string>(10);
  kept.set('often', 'yes');
  for (const key of KEYS) {
    kept.set(key, key);
    expect(kept.get('often')).toBe('yes');
  }
});
