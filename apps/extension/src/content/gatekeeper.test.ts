import { PortcullisError } from '@portcullis/core';
import type { Gate } from '@portcullis/element/gate';
import type { Decision, Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { createGatekeeper, type Gatekeeper } from './gatekeeper.ts';
import type { Attempt } from './interceptor.ts';

const verdictOf = (decision: Decision): Verdict => ({
  decision,
  score: 0.5,
  confidence: 0.5,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: decision,
  backend: 'wasm',
  latencyMs: 20,
  bundle: 'b@1',
});

/** A gatekeeper before one composer that the test writes in, and a guard that answers when the test says so. */
function stage(text: string | undefined): {
  keeper: Gatekeeper;
  attempt: Attempt;
  shown: Gate['name'][];
  released: (string | undefined)[];
  asked: { text: string; answer: (decision: Decision) => void; fail: (error: unknown) => void; signal: AbortSignal }[];
  found: string[];
  write: (text: string) => void;
} {
  let written = text;
  const shown: Gate['name'][] = [];
  const released: (string | undefined)[] = [];
  const asked: ReturnType<typeof stage>['asked'] = [];
  const found: string[] = [];
  const attempt: Attempt = { composers: [], read: () => written, replay: () => true };
  const keeper = createGatekeeper({
    ask: (asking, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ text: asking, signal, answer: (decision) => resolve(verdictOf(decision)), fail: reject });
      }),
    onFound: (text) => found.push(text),
    show: ({ name }) => shown.push(name),
    release: () => {
      released.push(written);
      return true;
    },
  });
  const write = (next: string): void => {
    written = next;
  };
  return { keeper, attempt, shown, released, asked, found, write };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('the gatekeeper', () => {
  it('releases an allowed text once, however often it is sent meanwhile; then the same text is free', async () => {
    const { keeper, attempt, asked, released } = stage('hello');
    keeper.onHeld(attempt);
    keeper.onHeld(attempt);
    expect(keeper.isFree(attempt)).toBe(false);
    asked[0]?.answer('allow');
    await turn();
    expect([asked.length, released, keeper.isFree(attempt)]).toEqual([1, ['hello'], true]);
  });

  it('holds a blocked text, and does not ask again about the same', async () => {
    const { keeper, attempt, asked, found, released, shown, write } = stage('bad');
    keeper.onHeld(attempt);
    asked[0]?.answer('block');
    await turn();
    keeper.onHeld(attempt);
    expect([asked.length, found, released, shown.at(-1), keeper.isFree(attempt)]).toEqual([1, ['bad'], [], 'blocked', false]);
    write('good');
    keeper.onEdit();
    keeper.onHeld(attempt);
    expect(asked.map(({ text }) => text)).toEqual(['bad', 'good']);
  });

  it('an edit aborts the scan, and its late answer lets nothing out', async () => {
    const { keeper, attempt, asked, released, shown } = stage('hello');
    keeper.onHeld(attempt);
    keeper.onEdit();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.answer('allow');
    await turn();
    expect([released, shown.at(-1), keeper.isFree(attempt)]).toEqual([[], 'ready', false]);
  });

  it('lets nothing out that changed without telling', async () => {
    const { keeper, attempt, asked, released, write } = stage('hello');
    keeper.onHeld(attempt);
    write('something else');
    asked[0]?.answer('allow');
    await turn();
    expect([released, keeper.isFree(attempt)]).toEqual([[], false]);
    write('hello');
    keeper.onHeld(attempt);
    asked[1]?.answer('allow');
    await turn();
    write('changed after its verdict');
    expect(keeper.isFree(attempt)).toBe(false);
  });

  it('forgets what it said of a text once that has changed under it, and not before', async () => {
    const { keeper, attempt, asked, shown, write } = stage('bad');
    keeper.onHeld(attempt);
    asked[0]?.answer('block');
    await turn();
    keeper.onMutation();
    expect(shown.at(-1)).toBe('blocked');
    write('');
    keeper.onMutation();
    expect(shown.at(-1)).toBe('ready');
  });

  it('stays closed without a guard, and asks again where a person asks again', async () => {
    const { keeper, attempt, asked, released, shown } = stage('hello');
    keeper.onHeld(attempt);
    asked[0]?.fail(new PortcullisError('closed', 'gone'));
    await turn();
    expect([released, shown.at(-1)]).toEqual([[], 'error']);
    keeper.retry();
    asked[1]?.answer('allow');
    await turn();
    expect(released).toEqual(['hello']);
  });

  it('sends a warned text at a person’s word only', async () => {
    const { keeper, attempt, asked, released, write } = stage('hm');
    keeper.sendAnyway();
    keeper.onHeld(attempt);
    asked[0]?.answer('warn');
    await turn();
    expect(released).toEqual([]);
    keeper.sendAnyway();
    expect(released).toEqual(['hm']);
    write('another');
    keeper.sendAnyway();
    expect(released).toEqual(['hm']);
  });

  it('holds what it cannot read, and asks nobody', () => {
    const { keeper, attempt, asked, shown, released } = stage(undefined);
    keeper.onHeld(attempt);
    keeper.onHeld(attempt);
    expect([asked, shown.at(-1), released, keeper.isFree(attempt)]).toEqual([[], 'blocked', [], false]);
  });
});
