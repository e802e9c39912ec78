import type { RuleFinding } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { mostSuspicious, type Suspect, suspects } from './suspicion.ts';

const window = (start: number, end: number) => ({ ids: [], span: [start, end] as const });
const suspect = (suspicion: number, index: number): Suspect => ({ window: window(index, index + 1), suspicion });

describe('suspects', () => {
  const windows = [window(0, 10), window(8, 20), window(20, 30)];
  const chunks = [
    { span: [0, 9] as const, logit: -2 },
    { span: [7, 25] as const, logit: 1 },
  ];
  const finding = (start: number, end: number): RuleFinding =>
    ({ rule: 'a', title: 'A', severity: 'high', span: [start, end], owasp: [] }) as unknown as RuleFinding;

  it('takes each window for as suspicious as the worst chunk that it meets', () => {
    expect(suspects(windows, chunks, []).map(({ suspicion }) => suspicion)).toEqual([1, 1, 1]);
    expect(suspects(windows, chunks.slice(0, 1), []).map(({ suspicion }) => suspicion)).toEqual([-2, -2, Number.NEGATIVE_INFINITY]);
  });

  it('puts what a rule points at before all else', () => {
    expect(suspects(windows, chunks, [finding(9, 10)]).map(({ suspicion }) => suspicion)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1]);
  });
});

describe('mostSuspicious', () => {
  const all = [-3, 2, -1, 5, -4, -2].map(suspect);
  const kept = (most: number): number[] => mostSuspicious(all, most).map(({ window: { span } }) => span[0]);

  it.each([
    [7, [0, 1, 2, 3, 4, 5]],
    [6, [0, 1, 2, 3, 4, 5]],
    [5, [0, 1, 2, 3, 5]],
    [4, [0, 1, 3, 5]],
    [3, [0, 3, 5]],
    [2, [0, 5]],
    [1, [5]],
  ])('of six windows keeps %d at most, both ends among them: %j', (most, expected) => {
    expect(kept(most)).toEqual(expected);
  });

  it('keeps the order of the text among equals', () => {
    expect(mostSuspicious([1, 1, 1, 1].map(suspect), 3).map(({ window: { span } }) => span[0])).toEqual([0, 1, 3]);
  });
});
