import { describe, expect, it } from 'vitest';
import { accumulated } from './accumulate.ts';

const REFERENCE = 0.15;

describe('accumulated', () => {
  it('is the turn’s own score after a harmless past, however long', () => {
    expect(accumulated(0.4, [], REFERENCE)).toBe(0.4);
    expect(accumulated(0.4, [0.01, 0.1, 0.15, 0.001], REFERENCE)).toBe(0.4);
    expect(accumulated(0.4, Array(50).fill(0), REFERENCE)).toBe(0.4);
  });

  it('grows with each suspicious turn, and wears off with harmless ones', () => {
    const one = accumulated(0.3, [0.3], REFERENCE);
    const two = accumulated(0.3, [0.3, 0.3], REFERENCE);
    expect(one).toBeGreaterThan(0.3);
    expect(two).toBeGreaterThan(one);
    expect(accumulated(0.3, [0.3, 0.3, 0.1], REFERENCE)).toBeLessThan(two);
    expect(accumulated(0.3, [0.3, 0.3, 0.001], REFERENCE)).toBe(0.3);
  });

  it('adds the log-odds above the reference', () => {
    // logit(.5) = 0 and logit(.15) = -1.7346: what is carried is 1.7346, and the turn's own odds are 1.
    expect(accumulated(0.5, [0.5], REFERENCE)).toBeCloseTo(0.85, 6);
  });

  it('stays a number in [0, 1] for certainties', () => {
    for (const score of [0, 1]) for (const before of [0, 1]) expect(accumulated(score, [before, before], REFERENCE)).toBeGreaterThanOrEqual(0);
    expect(accumulated(1, [1, 1, 1], REFERENCE)).toBeLessThanOrEqual(1);
  });
});
