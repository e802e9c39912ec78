import { parsePolicy } from '@portcullis/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiWith, INFO, never, ok, VERDICT, WorkerStandIn } from '../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi, ScanRequest, StartOptions } from '../../engine/src/shared/protocol.ts';
import { createGuard } from './create-guard.ts';
import { type Guard, type GuardOptions, type LoadProgress, plantCanary } from './index.ts';

const error = (code: string, message?: string) => expect.objectContaining({ name: 'PortcullisError', code, ...(message !== undefined && { message }) });
/** Long enough for a message to arrive at the other end. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

let aborted: number[];
let scanned: string[];
beforeEach(() => {
  [aborted, scanned] = [[], []];
  vi.stubGlobal('document', { baseURI: 'https://app.example/chat/' });
  serveWith({});
});
afterEach(() => {
  for (const guard of guards.splice(0)) guard.close();
  WorkerStandIn.started.length = 0;
  vi.unstubAllGlobals();
});

/** What workers answer; by default all goes well. */
function serveWith(api: Partial<EngineApi>): void {
  WorkerStandIn.apiOf = () =>
    apiWith({
      scan: async (_id, text) => {
        scanned.push(text);
        return ok(VERDICT);
      },
      abort: (id) => void aborted.push(id),
      ...api,
    });
}

const guards: Guard[] = [];
/** One guard at a time: two would share a worker. */
function open(options: Partial<GuardOptions> = {}): Guard {
  for (const guard of guards.splice(0)) guard.close();
  const guard = createGuard({ bundle: 'models', ...options });
  guards.push(guard);
  return guard;
}
const crash = (message: string): void => WorkerStandIn.started.at(-1)?.crash(message);

describe('createGuard', () => {
  it.each([
    ['models', 'https://app.example/chat/models/'],
    ['/models/v1/', 'https://app.example/models/v1/'],
    [new URL('https://cdn.example/m?key=1'), 'https://cdn.example/m/?key=1'],
  ])('asks the worker for the bundle at %s', async (bundle, absolute) => {
    const asked: StartOptions[] = [];
    serveWith({
      start: async (options) => {
        asked.push(options);
        return ok(INFO);
      },
    });
    await open({ bundle }).ready;
    expect(asked).toEqual([{ bundle: absolute, backend: 'auto' }]);
  });

  it('holds the worker to its policy, and says which thresholds that makes', async () => {
    const requests: ScanRequest[] = [];
    serveWith({
      scan: async (_id, _text, request) => {
        requests.push(request);
        return ok(VERDICT);
      },
    });
    const guard = open({ policy: { block: 0.55, fail: 'open' } });
    expect((await guard.ready).thresholds).toEqual({ block: 0.55, warn: 0.5 });
    await guard.scan('Hello', { role: 'tool', source: 'mail' });
    expect(requests).toEqual([{ role: 'tool', source: 'mail', policy: parsePolicy({ block: 0.55, fail: 'open' }) }]);
  });

  it('keeps its policy from being changed', () => {
    serveWith({});
    const { policy } = open({ policy: { roles: { user: { block: 0.55 } } } });
    expect(() => Object.assign(policy, { block: 1 })).toThrow(TypeError);
    expect(() => Object.assign(policy.roles, { user: { off: true } })).toThrow(TypeError);
  });

  it('vouches for what it says itself, and for no verdict that a script has brought', async () => {
    // Events of the stand-in are a script's.
    serveWith({});
    const guard = open();
    expect(guard.vouches('Hello', await guard.scan('Hello'))).toBe(false);
    serveWith({ scan: async () => ({ ok: false, error: { code: 'input-invalid', message: 'odd' } }) });
    const failed = open({ bundle: 'others' });
    const verdict = await failed.scan('Hello');
    expect(failed.vouches('Hello', verdict)).toBe(true);
    expect(failed.vouches('Another', verdict)).toBe(false);
  });

  it('starts no worker for a bad policy or a bundle that is no URL', () => {
    expect(() => open({ policy: { block: 2 } })).toThrow(error('policy-invalid'));
    expect(() => open({ bundle: 'https://' })).toThrow(TypeError);
    expect(WorkerStandIn.started).toEqual([]);
  });

  it('tells how the loading goes, then what runs', async () => {
    const steps: LoadProgress[] = [
      { phase: 'download', artifact: 'a.onnx', loaded: 1, total: 2, fromCache: false },
      { phase: 'start', backend: 'wasm' },
    ];
    serveWith({
      start: async (_options, onProgress) => {
        for (const step of steps) await onProgress(step);
        return ok(INFO);
      },
    });
    const told: LoadProgress[] = [];
    await expect(open({ onProgress: (step) => told.push(step) }).ready).resolves.toEqual(INFO);
    expect(told).toEqual(steps);
  });

  it('tells of no progress that arrives when all is settled', async () => {
    let late = (): void => {};
    serveWith({
      start: async (_options, onProgress) => {
        late = () => onProgress({ phase: 'start', backend: 'wasm' });
        return ok(INFO);
      },
    });
    const told: LoadProgress[] = [];
    await open({ onProgress: (step) => told.push(step) }).ready;
    late();
    await aMoment();
    expect(told).toEqual([]);
  });

  it('says with its code why the models cannot be had', async () => {
    serveWith({ start: async () => ({ ok: false, error: { code: 'bundle-corrupt', message: 'a.onnx: wrong' } }) });
    await expect(open().ready).rejects.toEqual(error('bundle-corrupt', 'a.onnx: wrong'));
  });
});

describe('scan', () => {
  it("gives the worker's verdict", async () => {
    await expect(open().scan('Hello')).resolves.toEqual(VERDICT);
    expect(scanned).toEqual(['Hello']);
  });

  it('waits until the guard is ready', async () => {
    let start: (() => void) | undefined;
    serveWith({
      start: () =>
        new Promise((resolve) => {
          start = () => resolve(ok(INFO));
        }),
    });
    const verdict = open().scan('Hello');
    // On a busy machine the worker is asked late.
    await vi.waitFor(() => expect(start).toBeDefined(), 10_000);
    await aMoment();
    expect(scanned).toEqual([]);
    start?.();
    await expect(verdict).resolves.toEqual(VERDICT);
  });

  it.each([undefined, null, 7, ['text'], { text: 'x' }])('takes nothing but strings: %j', async (text) => {
    await expect(open().scan(text as unknown as string)).rejects.toEqual(error('input-invalid'));
    await expect(open().embed(text as unknown as string)).rejects.toEqual(error('input-invalid'));
  });

  it('hands the worker what an answer is held against', async () => {
    const contexts: unknown[] = [];
    serveWith({
      scan: async (_id, _text, context) => {
        contexts.push(context);
        return ok(VERDICT);
      },
    });
    const { prompt: systemPrompt, canary } = plantCanary('You are Pia. Be brief.');
    const context = { role: 'assistant', systemPrompt, canaries: [canary] } as const;
    await open().scan('Hello', { ...context, signal: new AbortController().signal });
    expect(contexts).toEqual([{ ...context, policy: parsePolicy() }]);
  });

  it.each([{ systemPrompt: 'x' }, { role: 'user', canaries: ['abcdefgh'] }, { role: 'assistant', canaries: ['abc'] }] as const)(
    'refuses a bad hidden context: %j',
    async (context) => {
      await expect(open().scan('Hello', context)).rejects.toEqual(error('input-invalid'));
    },
  );

  it('rejects at once when its signal fires, and the worker is told to stop', async () => {
    const ids: number[] = [];
    serveWith({
      scan: (id) => {
        ids.push(id);
        return never;
      },
    });
    const guard = open();
    const controller = new AbortController();
    const scan = guard.scan('Hello', { signal: controller.signal });
    await vi.waitFor(() => expect(ids.length).toBe(1));
    controller.abort();
    await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(aborted).toEqual(ids));
  });

  it('rejects before the guard is ready, too, and asks the worker nothing', async () => {
    serveWith({ start: () => never });
    const controller = new AbortController();
    const scan = open().scan('Hello', { signal: controller.signal });
    controller.abort();
    await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
    await expect(open().scan('Hello', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await aMoment();
    expect([scanned, aborted]).toEqual([[], []]);
  });

  it('blocks where the worker dropped the scan unasked', async () => {
    serveWith({ scan: async () => ok(null) });
    const { decision, degraded } = await open().scan('Hello');
    expect({ decision, code: degraded?.reason.code }).toEqual({ decision: 'block', code: 'worker-crashed' });
  });
});

describe('a guard that cannot look', () => {
  const FAULTS: [string, Partial<EngineApi>, string, string][] = [
    ['failed to start', { start: async () => ({ ok: false, error: { code: 'bundle-missing', message: 'HTTP 404' } }) }, 'bundle-missing', 'HTTP 404'],
    ['fails to scan', { scan: async () => ({ ok: false, error: { code: 'inference-failed', message: 'lost' } }) }, 'inference-failed', 'lost'],
  ];

  it.each(FAULTS)('blocks, and says why, after it %s', async (_name, api, code, message) => {
    serveWith(api);
    const { latencyMs, ...verdict } = await open().scan('Hello');
    expect(latencyMs).toBeGreaterThanOrEqual(0);
    expect(verdict).toEqual({
      decision: 'block',
      score: null,
      confidence: 0,
      uncertainty: 1,
      signals: [],
      findings: [],
      reason: `Held back: the guard could not check this text (${message}).`,
      decidedBy: { kind: 'fail', field: 'policy.fail', limit: 'closed' },
      degraded: { reason: { code, message }, missing: ['classifier', 'lexical', 'trees', 'similarity', 'intent', 'anomaly', 'pattern'], coverage: 0 },
      backend: 'none',
      bundle: 'none',
    });
  });

  it.each(FAULTS)('lets pass where the policy says so, after it %s', async (_name, api, code) => {
    serveWith(api);
    expect(await open({ policy: { fail: 'open' } }).scan('Hello')).toMatchObject({
      decision: 'allow',
      score: null,
      degraded: { reason: { code } },
      reason: expect.stringMatching(/^Let through unchecked: /),
    });
  });

  it('settles everything when its workers die while they start', async () => {
    serveWith({ start: () => never });
    const guard = open();
    const { ready } = guard;
    const [scan, embedding] = [guard.scan('Hello'), guard.embed('Hello')];
    crash('out of memory');
    await vi.waitFor(() => expect(WorkerStandIn.started.length).toBe(2));
    crash('');
    await expect(ready).rejects.toEqual(error('worker-crashed', 'the worker could not be started'));
    await expect(scan).resolves.toMatchObject({ decision: 'block', degraded: { reason: { code: 'worker-crashed' } } });
    await expect(embedding).rejects.toEqual(error('worker-crashed'));
    expect(guard.state).toMatchObject({ phase: 'failed', error: { code: 'worker-crashed' } });
    expect(WorkerStandIn.started.map(({ terminated }) => terminated)).toEqual([true, true]);
  });
});

describe('embed', () => {
  it('gives the vectors, or says why there are none', async () => {
    await expect(open().embed('Hello')).resolves.toEqual([new Float32Array([0.6, 0.8])]);
    serveWith({ embed: async () => ({ ok: false, error: { code: 'inference-failed', message: 'lost' } }) });
    await expect(open().embed('Hello')).rejects.toEqual(error('inference-failed', 'lost'));
    serveWith({ start: async () => ({ ok: false, error: { code: 'bundle-missing', message: 'HTTP 404' } }) });
    await expect(open().embed('Hello')).rejects.toEqual(error('bundle-missing', 'HTTP 404'));
  });
});

describe('attribution', () => {
  it('gives the words, under the policy of the guard', async () => {
    const asked: unknown[] = [];
    const words = { marks: [{ span: [0, 5] as const, weight: 1, by: 'models' }], readings: 2 };
    serveWith({
      attribution: async (_id, text, request) => {
        asked.push([text, request]);
        return ok(words);
      },
    });
    const guard = open({ policy: { block: 0.55 } });
    await expect(guard.attribution('Hello', { role: 'tool' })).resolves.toEqual(words);
    expect(asked).toEqual([['Hello', { role: 'tool', policy: parsePolicy({ block: 0.55 }) }]]);
    expect(guard.policy).toEqual(parsePolicy({ block: 0.55 }));
  });

  it('throws what keeps it from being had', async () => {
    await expect(open().attribution(7 as unknown as string)).rejects.toEqual(error('input-invalid'));
    serveWith({ attribution: async () => ({ ok: false, error: { code: 'inference-failed', message: 'lost' } }) });
    await expect(open().attribution('Hello')).rejects.toEqual(error('inference-failed', 'lost'));
    serveWith({ attribution: async () => ok(null) });
    await expect(open().attribution('Hello')).rejects.toMatchObject({ name: 'AbortError' });
    await expect(open().attribution('Hello', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('close', () => {
  it('ends the worker, and may be called twice', async () => {
    const guard = open();
    await guard.ready;
    guard.close();
    expect(WorkerStandIn.started[0]?.terminated).toBe(true);
    expect(() => guard.close()).not.toThrow();
    await expect(guard.scan('Hello')).rejects.toEqual(error('closed'));
    await expect(guard.embed('Hello')).rejects.toEqual(error('closed'));
  });

  it('rejects a start under way, and what waits for it', async () => {
    serveWith({ start: () => never });
    const guard = open();
    const scan = guard.scan('Hello');
    guard.close();
    await expect(guard.ready).rejects.toEqual(error('closed'));
    await expect(scan).rejects.toEqual(error('closed'));
  });

  it.each([
    ['that was asked in the same breath', async () => {}],
    ['under way', aMoment],
  ])('rejects a scan %s', async (_name, pause) => {
    serveWith({ scan: () => never, embed: () => never });
    const guard = open();
    await guard.ready;
    const [scan, embedding] = [guard.scan('Hello'), guard.embed('Hello')];
    await pause();
    guard.close();
    await expect(scan).rejects.toEqual(error('closed'));
    await expect(embedding).rejects.toEqual(error('closed'));
  });

  it('takes an abort in the same breath', async () => {
    serveWith({ scan: () => never });
    const guard = open();
    await guard.ready;
    const controller = new AbortController();
    const scan = guard.scan('Hello', { signal: controller.signal });
    await aMoment();
    guard.close();
    controller.abort();
    await expect(scan).rejects.toBeDefined();
    await aMoment(); // An error thrown by the abort's listener would fail the run here.
  });
});
