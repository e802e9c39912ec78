import 'fake-indexeddb/auto';
import type { PolicyInput } from '@portcullis/core';
import { clear, createStore, entries } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiWith, ok, VERDICT, WorkerStandIn } from '../../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi, ScanTurnRequest } from '../../../engine/src/shared/protocol.ts';
import { createGuard } from '../create-guard.ts';
import type { Conversation, Guard } from '../guard.ts';

const error = (code: string) => expect.objectContaining({ name: 'PortcullisError', code });
/** The texts before a turn, as the engine was given them. */
const before = ({ earlier }: ScanTurnRequest): (string | undefined)[] => earlier.map(({ text }) => text);

let asked: ScanTurnRequest[];
let guards: Guard[];
beforeEach(() => {
  [asked, guards] = [[], []];
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
  serveWith({});
});
afterEach(async () => {
  for (const guard of guards) guard.close();
  WorkerStandIn.started.length = 0;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await clear(createStore('portcullis-conversations', 'conversations'));
});

/** The engine blocks what says so, and warns likewise. */
function serveWith(api: Partial<EngineApi>): void {
  WorkerStandIn.apiOf = () =>
    apiWith({
      scanTurn: async (_id, request) => {
        asked.push(request);
        const decision = /block/.test(request.text) ? 'block' : /warn/.test(request.text) ? 'warn' : 'allow';
        const score = decision === 'allow' ? 0.1 : 0.9;
        const conversation = { turn: request.number, turns: request.earlier.length + 1, peak: score, accumulated: score, risk: score };
        return ok({ verdict: { ...VERDICT, decision, score, conversation }, reading: { embedding: new Float32Array([0.6, 0.8]), logit: -request.number } });
      },
      ...api,
    });
}

/** A guard as a page that was just opened has it. */
function open(policy: PolicyInput['conversation'] = {}): Guard {
  for (const guard of guards.splice(0)) guard.close();
  const guard = createGuard({ bundle: 'models', policy: { conversation: policy } });
  guards.push(guard);
  return guard;
}
const hold = async (conversation: Conversation, ...texts: readonly string[]): Promise<void> => {
  for (const text of texts) {
    await conversation.scan(text);
    await conversation.said(text);
  }
};

describe('a conversation', () => {
  it('scans each turn with those that were said before it', async () => {
    const conversation = open().conversation();
    await hold(conversation, 'one', 'two');
    expect((await conversation.scan('three')).conversation).toMatchObject({ turn: 3, turns: 3 });
    expect(asked.map(before)).toEqual([[], ['one'], ['one', 'two']]);
    expect(asked.at(-1)?.earlier).toMatchObject([
      { number: 1, score: 0.1, decision: 'allow', bundle: 'b@1', reading: { embedding: new Float32Array([0.6, 0.8]), logit: -1 } },
      { number: 2, reading: { logit: -2 } },
    ]);
  });

  it('counts nothing that was scanned and not said: neither drafts nor what was blocked', async () => {
    const conversation = open().conversation();
    for (const draft of ['o', 'on', 'block one', 'one']) await conversation.scan(draft);
    await conversation.said('one');
    await conversation.scan('two');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual(['one']);
    expect(asked.map(({ number }) => number)).toEqual([1, 1, 1, 1, 2]);
  });

  it('scans a text once that is said as it was scanned, and one that was not scanned when it is said', async () => {
    const conversation = open().conversation();
    await hold(conversation, 'one');
    expect(asked).toHaveLength(1);
    await conversation.said('two');
    expect(asked.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(await conversation.turns()).toMatchObject([{ number: 1 }, { number: 2, risk: 0.1 }]);
  });

  it('does what is asked of it in order, whoever waits', async () => {
    const conversation = open().conversation();
    const all = [conversation.scan('one'), conversation.said('one'), conversation.said('answer', { role: 'assistant' }), conversation.scan('two')];
    await Promise.all(all);
    expect(asked.map(before)).toEqual([[], ['one']]);
    expect(await conversation.turns()).toMatchObject([{ role: 'user' }, { role: 'assistant' }]);
  });

  it('keeps to its window, and numbers turns beyond it', async () => {
    const conversation = open({ window: 3 }).conversation();
    await hold(conversation, 'one', 'two', 'three', 'four', 'five');
    expect(asked.map(before).at(-1)).toEqual(['three', 'four']);
    expect(asked.at(-1)?.number).toBe(5);
  });

  it('never mixes with another, and is one by its id', async () => {
    const guard = open();
    const [a, b, again] = [guard.conversation('a'), guard.conversation('b'), guard.conversation('a')];
    await Promise.all([hold(a, 'of a'), hold(b, 'of b')]);
    await again.scan('next');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual(['of a']);
    expect(guard.conversation().id).not.toBe(guard.conversation().id);
  });

  it('is empty once it was forgotten, and goes on', async () => {
    const conversation = open({ store: 'texts' }).conversation('a');
    await hold(conversation, 'one', 'warn two');
    await conversation.forget();
    expect(await conversation.turns()).toEqual([]);
    expect(await entries(createStore('portcullis-conversations', 'conversations'))).toEqual([]);
    await hold(conversation, 'three');
    expect(asked.at(-1)).toMatchObject({ number: 1, earlier: [] });
    expect(asked.at(-1)).not.toHaveProperty('caughtAt');
  });

  it('remembers the first turn that was held and sent all the same', async () => {
    const conversation = open().conversation();
    await hold(conversation, 'one', 'warn two', 'three');
    expect(asked.at(-1)?.caughtAt).toBe(2);
  });

  it('scans the texts of others by themselves, and keeps no more of them than role and hash', async () => {
    const scanned: string[] = [];
    serveWith({ scan: async (_id, text) => ok({ ...VERDICT, reason: scanned.push(text).toString() }) });
    const conversation = open().conversation();
    const verdict = await conversation.scan('an answer', { role: 'assistant' });
    expect(verdict.conversation).toEqual({ turn: 0, turns: 0, peak: null, risk: null });
    await conversation.said('an answer', { role: 'assistant' });
    expect(scanned).toEqual(['an answer']);
    const [turn] = await conversation.turns();
    expect(turn).toEqual({ role: 'assistant', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('ends a scan with its signal, and goes on with the next', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    serveWith({
      scanTurn: async (_id, request) => {
        asked.push(request);
        if (request.text === 'slow') await held;
        return ok(null);
      },
      abort: () => release(),
    });
    const conversation = open().conversation();
    const controller = new AbortController();
    const slow = conversation.scan('slow', { signal: controller.signal });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    controller.abort();
    await expect(slow).rejects.toMatchObject({ name: 'AbortError' });
    await expect(conversation.turns()).resolves.toEqual([]);
  });

  it.each([
    ['closed', 'block'],
    ['open', 'allow'],
  ] as const)('gives a verdict that says so where nothing could scan, and fails %s', async (fail, decision) => {
    serveWith({ start: async () => ({ ok: false, error: { code: 'bundle-missing', message: 'gone' } }) });
    const guard = createGuard({ bundle: 'models', policy: { fail } });
    guards.push(guard);
    const conversation = guard.conversation();
    const verdict = await conversation.scan('one');
    expect(verdict).toMatchObject({
      decision,
      score: null,
      degraded: { reason: { code: 'bundle-missing' } },
      conversation: { turn: 1, peak: null, risk: null },
    });
    await conversation.said('one');
    expect(await conversation.turns()).toMatchObject([{ number: 1, score: null, risk: null }]);
  });

  it('scans a turn once more, in a fresh worker, where the models fail in one', async () => {
    const lost = { reason: { code: 'inference-failed', message: 'the device is lost' }, missing: [], coverage: 0 } as const;
    const conversation = { turn: 1, turns: 1, peak: null, risk: null };
    WorkerStandIn.apiOf = (index) =>
      apiWith(index > 0 ? {} : { scanTurn: async () => ok({ verdict: { ...VERDICT, score: null, degraded: lost, conversation } }) });
    const verdict = await open().conversation().scan('one');
    expect(verdict).toMatchObject({ score: 0.1, conversation: { risk: 0.1 } });
    expect(verdict).not.toHaveProperty('degraded');
    expect(WorkerStandIn.started.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('has what its turns take loaded once the guard is ready, once for all; a page without conversations does not', async () => {
    let prepared = 0;
    serveWith({
      prepareTurns: async () => {
        prepared += 1;
        return { ok: false, error: { code: 'bundle-network', message: 'no network' } };
      },
    });
    const guard = open();
    await guard.scan('plain');
    expect(prepared).toBe(0);
    const conversation = guard.conversation();
    guard.conversation();
    await vi.waitFor(() => expect(prepared).toBe(1));
    // Where that failed, a turn loads what it needs itself, or says that it cannot.
    expect((await conversation.scan('one')).decision).toBe('allow');
    expect(prepared).toBe(1);
  });

  it('refuses what is no text, no role and no id, and everything once its guard is closed', async () => {
    const guard = open();
    const conversation = guard.conversation('a');
    await expect(conversation.scan(7 as never)).rejects.toEqual(error('input-invalid'));
    await expect(conversation.said('x', { role: 'narrator' as never })).rejects.toEqual(error('input-invalid'));
    expect(() => guard.conversation('')).toThrow(error('input-invalid'));
    guard.close();
    for (const use of [conversation.scan('x'), conversation.said('x'), conversation.turns(), conversation.forget()]) {
      await expect(use).rejects.toEqual(error('closed'));
    }
    expect(() => guard.conversation('a')).toThrow(error('closed'));
  });
});

describe('a conversation that is stored', () => {
  const stored = async () => (await entries(createStore('portcullis-conversations', 'conversations'))) as [string, object][];

  it('survives a reload, without its texts', async () => {
    await hold(open({ store: 'embeddings' }).conversation('a'), 'my secret plan', 'two');
    const kept = await stored();
    expect(kept.map(([id]) => id)).toEqual(['a']);
    expect(JSON.stringify(kept)).not.toContain('secret');
    const later = open({ store: 'embeddings' }).conversation('a');
    expect((await later.scan('three')).conversation.turn).toBe(3);
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual([undefined, undefined]);
    expect(asked.at(-1)?.earlier[0]?.reading?.embedding).toEqual(new Float32Array([0.6, 0.8]));
    // What is said from now on is read as one again.
    await hold(later, 'three');
    await later.scan('four');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual([undefined, undefined, 'three']);
  });

  it('keeps its texts where the policy says so', async () => {
    await hold(open({ store: 'texts' }).conversation('a'), 'one');
    await open({ store: 'texts' }).conversation('a').scan('two');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual(['one']);
  });

  it('is gone with its page where the policy stores nothing', async () => {
    await hold(open().conversation('a'), 'one');
    expect(await stored()).toEqual([]);
    await open().conversation('a').scan('two');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual([]);
  });

  it('is dropped a week after its last turn', async () => {
    await hold(open({ store: 'embeddings' }).conversation('old'), 'one');
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now + 6 * 86_400_000);
    await hold(open({ store: 'embeddings' }).conversation('new'), 'one');
    expect((await stored()).map(([id]) => id)).toEqual(['new', 'old']);
    vi.spyOn(Date, 'now').mockReturnValue(now + 8 * 86_400_000);
    await open({ store: 'embeddings' }).conversation('new').turns();
    expect((await stored()).map(([id]) => id)).toEqual(['new']);
  });

  it('is forgotten in every tab', async () => {
    const [one, other] = [open({ store: 'embeddings' }), createGuard({ bundle: 'models', policy: { conversation: { store: 'embeddings' } } })];
    guards.push(other);
    await hold(one.conversation('a'), 'one');
    await hold(other.conversation('a'), 'two');
    expect(await one.conversation('a').turns()).toMatchObject([{ number: 1 }, { number: 2 }]);
    await other.conversation('a').forget();
    expect(await one.conversation('a').turns()).toEqual([]);
  });

  it('goes on in memory where it can no longer be written', async () => {
    const conversation = open({ store: 'embeddings' }).conversation('a');
    await hold(conversation, 'one');
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await hold(conversation, 'two');
    put.mockRestore();
    await hold(conversation, 'three');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual(['one', 'two']);
  });

  it('lives in memory where the browser refuses the store', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const conversation = open({ store: 'embeddings' }).conversation('a');
    await hold(conversation, 'one');
    await conversation.scan('two');
    expect(before(asked.at(-1) as ScanTurnRequest)).toEqual(['one']);
  });
});
