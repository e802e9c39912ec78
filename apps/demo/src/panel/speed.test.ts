import { describe, expect, it } from 'vitest';
import { latenciesOf } from './speed.ts';

describe('latencies', () => {
  it('are none of no scans', () => {
    expect(latenciesOf([])).toBeUndefined();
  });

  it('are told by the nearest rank, whatever their order', () => {
    expect(latenciesOf([7])).toEqual({ count: 1, median: 7, p95: 7 });
    const hundred = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);
    expect(latenciesOf(hundred)).toEqual({ count: 100, median: 50, p95: 95 });
  });
});
