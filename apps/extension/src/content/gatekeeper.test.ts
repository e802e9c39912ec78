import { PortcullisError } from '@portcullis/core';
import type { Gate } from '@portcullis/element/gate';
import type { Decision, Verdict } from '@portcullis/guard';
import { describe, expect, it, vi } from 'vitest';
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
  /** As a person does, with a pause after it. */
  type: (text: string) => Promise<void>;
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
  const type = async (next: string): Promise<void> => {
    written = next;
    keeper.onEdit();
    keeper.onWriting(attempt.read, false);
    await vi.waitFor(() => expect(asked.at(-1)?.text).toBe(next));
  };
  return { keeper, attempt, shown, released, asked, found, write, type };
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
    const { keeper, attempt, asked, released, shown, write } = stage('bad');
    keeper.onHeld(attempt);
    asked[0]?.answer('block');
    await turn();
    keeper.onHeld(attempt);
    expect([asked.length, released, shown.at(-1), keeper.isFree(attempt)]).toEqual([1, [], 'blocked', false]);
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

describe('the gatekeeper, while somebody writes', () => {
  it('has read the text before it is sent: then it is free, in the same event, and nothing was shown or kept of it', async () => {
    const { keeper, attempt, asked, shown, found, released, type } = stage('');
    await type('hello');
    expect(keeper.isFree(attempt)).toBe(false);
    asked[0]?.answer('allow');
    await turn();
    expect([keeper.isFree(attempt), asked.length, shown, found, released]).toEqual([true, 1, [], [], []]);
  });

  it('lets no verdict count for another text, whether the change is told of or not', async () => {
    const { keeper, attempt, asked, released, write, type } = stage('');
    await type('hello');
    asked[0]?.answer('allow');
    await turn();
    write('something else');
    expect(keeper.isFree(attempt)).toBe(false);
    keeper.onHeld(attempt);
    expect(asked.map(({ text }) => text)).toEqual(['hello', 'something else']);
    asked[1]?.answer('block');
    await turn();
    expect([released, keeper.isFree(attempt)]).toEqual([[], false]);
  });

  it('an edit ends the reading of the old text, whose late answer counts for nothing', async () => {
    const { keeper, attempt, asked, write, type } = stage('');
    await type('bad');
    await type('bad!');
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    asked[0]?.answer('allow');
    await turn();
    write('bad');
    expect(keeper.isFree(attempt)).toBe(false);
    write('bad!');
    expect(keeper.isFree(attempt)).toBe(false);
  });

  it('says nothing of a text that it would block until somebody sends it; then at once, and tells of it once', async () => {
    const { keeper, attempt, asked, shown, found, released, type } = stage('');
    await type('bad');
    asked[0]?.answer('block');
    await turn();
    expect([shown, found, keeper.isFree(attempt)]).toEqual([[], [], false]);
    keeper.onHeld(attempt);
    expect([shown, found]).toEqual([['blocked'], ['bad']]);
    keeper.onHeld(attempt);
    await turn();
    expect([asked.length, found, released, shown.at(-1)]).toEqual([1, ['bad'], [], 'blocked']);
  });

  it('waits for the reading that is under way where it is sent too early, and asks nobody else', async () => {
    const { keeper, attempt, asked, released, shown, type } = stage('');
    await type('hello');
    keeper.onHeld(attempt);
    expect([shown, released]).toEqual([['scanning'], []]);
    asked[0]?.answer('allow');
    await turn();
    expect([asked.length, released]).toEqual([1, ['hello']]);
  });

  it.each([
    ['failed', (asked: ReturnType<typeof stage>['asked']) => asked[0]?.fail(new Error('gone'))],
    ['was forgotten', (asked: ReturnType<typeof stage>['asked'], keeper: Gatekeeper) => [asked[0]?.answer('allow'), keeper.forget()]],
  ])('asks anew for what is sent after a reading that %s', async (_, end) => {
    const { keeper, attempt, asked, released, type } = stage('');
    await type('hello');
    end(asked, keeper);
    await turn();
    expect(keeper.isFree(attempt)).toBe(false);
    keeper.onHeld(attempt);
    expect(asked).toHaveLength(2);
    asked[1]?.answer('allow');
    await turn();
    expect(released).toEqual(['hello']);
  });

  it('forgets nothing that somebody waits for', async () => {
    const { keeper, attempt, asked, released } = stage('hello');
    keeper.onHeld(attempt);
    keeper.forget();
    asked[0]?.answer('allow');
    await turn();
    expect(released).toEqual(['hello']);
  });

  it('forgets a verdict that came before, of which the policy may be another now', async () => {
    const { keeper, attempt, asked, type } = stage('');
    await type('hello');
    asked[0]?.answer('allow');
    await turn();
    expect(keeper.isFree(attempt)).toBe(true);
    keeper.forget();
    expect(keeper.isFree(attempt)).toBe(false);
  });

  it('lets the same text out of one composer only, where it is sent from another meanwhile', async () => {
    const { keeper, attempt, asked, released } = stage('hello');
    // Nothing is asked of an element here but to be another one.
    const other: Attempt = { ...attempt, composers: [{} as HTMLElement] };
    keeper.onHeld(attempt);
    keeper.onHeld(other);
    for (const { answer } of asked) answer('allow');
    await turn();
    expect([released, keeper.isFree(other)]).toEqual([['hello'], true]);
  });
});
