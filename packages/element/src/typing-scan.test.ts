import type { Guard, Verdict } from '@portcullis/guard';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scanWhileTyping, type TypingScan } from './typing-scan.ts';

const VERDICT = { decision: 'allow', latencyMs: 1 } as Verdict;

let typed: string;
let scans: { readonly text: string; readonly signal: AbortSignal | undefined; readonly answer: (verdict: Verdict) => void; readonly fail: () => void }[];
let told: string[];
let typing: TypingScan;
/** Answers when the test says so. */
const guard = {
  scan: (text, { signal } = {}) => new Promise<Verdict>((answer, reject) => scans.push({ text, signal, answer, fail: () => reject(new Error('gone')) })),
} as Pick<Guard, 'scan'> as Guard;

function type(text: string, soon = false): void {
  typed = text;
  typing.edited(soon);
}

beforeEach(() => {
  vi.useFakeTimers();
  [typed, scans, told] = ['', [], []];
  typing = scanWhileTyping(
    () => (typed === '' ? undefined : { text: typed, guard }),
    (text) => told.push(text),
  );
});
afterEach(() => {
  vi.useRealTimers();
});

describe('scanWhileTyping', () => {
  it('reads at every key, and drops what was read of the text before', async () => {
    for (const text of ['h', 'he', 'hel']) {
      type(text);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(scans.map(({ text, signal }) => [text, signal?.aborted])).toEqual([
      ['h', true],
      ['he', true],
      ['hel', false],
    ]);
  });

  it('reads once where keys follow each other sooner than a long text is read', async () => {
    type('long');
    await vi.runAllTimersAsync();
    scans[0]?.answer({ ...VERDICT, latencyMs: 600 });
    await vi.runAllTimersAsync();
    for (const text of ['long,', 'long, ', 'long, l']) {
      type(text);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(scans.length).toBe(1);
    await vi.runAllTimersAsync();
    expect(scans.map(({ text }) => text)).toEqual(['long', 'long, l']);
  });

  it('reads what was pasted without a pause', async () => {
    type('long');
    await vi.runAllTimersAsync();
    scans[0]?.answer({ ...VERDICT, latencyMs: 1200 });
    await vi.runAllTimersAsync();
    type('pasted', true);
    await vi.advanceTimersByTimeAsync(1);
    expect(scans.map(({ text }) => text)).toEqual(['long', 'pasted']);
  });

  it('reads nothing where there is nothing', async () => {
    type('');
    await vi.runAllTimersAsync();
    expect(scans).toEqual([]);
  });

  it('gives the same reading to who sends: under way, and come', async () => {
    type('hello');
    await vi.runAllTimersAsync();
    const reading = typing.read('hello', guard);
    expect(reading.verdict).toBeUndefined();
    scans[0]?.answer(VERDICT);
    await expect(reading.answer).resolves.toBe(VERDICT);
    expect([typing.read('hello', guard), reading.verdict, scans.length, told]).toEqual([reading, VERDICT, 1, ['hello']]);
  });

  it('tells the verdict that is there on a text, and on no other', async () => {
    type('hello');
    await vi.runAllTimersAsync();
    expect(typing.verdictOn('hello')).toBeUndefined();
    scans[0]?.answer(VERDICT);
    await vi.runAllTimersAsync();
    expect([typing.verdictOn('hello'), typing.verdictOn('hello!')]).toEqual([VERDICT, undefined]);
    type('hello!');
    expect([typing.verdictOn('hello'), typing.verdictOn('hello!')]).toEqual([undefined, undefined]);
  });

  it('ends the reading of a text that has changed, and tells nothing of it', async () => {
    type('hello');
    await vi.runAllTimersAsync();
    type('hello!');
    expect(scans[0]?.signal?.aborted).toBe(true);
    scans[0]?.answer(VERDICT);
    await vi.runAllTimersAsync();
    expect([scans.map(({ text }) => text), told]).toEqual([['hello', 'hello!'], []]);
  });

  it.each([
    ['that failed', () => scans[0]?.fail()],
    [
      'that came out incomplete',
      () => scans[0]?.answer({ ...VERDICT, degraded: { reason: { code: 'worker-crashed', message: '' }, missing: [], coverage: 0 } }),
    ],
  ])('reads anew at send after a reading %s', async (_, end) => {
    type('hello');
    await vi.runAllTimersAsync();
    end();
    await vi.runAllTimersAsync();
    typing.read('hello', guard);
    expect(scans.map(({ text }) => text)).toEqual(['hello', 'hello']);
  });

  it('waits longer between readings of a text that takes long', async () => {
    type('long');
    await vi.runAllTimersAsync();
    scans[0]?.answer({ ...VERDICT, latencyMs: 1200 });
    await vi.runAllTimersAsync();
    type('long!');
    await vi.advanceTimersByTimeAsync(500);
    expect(scans.length).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(scans.length).toBe(2);
  });

  it('stops for good when the element goes', async () => {
    type('hello');
    typing.stop();
    await vi.runAllTimersAsync();
    expect(scans).toEqual([]);
  });
});
