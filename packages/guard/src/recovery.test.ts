import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiWith, INFO, never, ok, VERDICT, WorkerStandIn } from '../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi } from '../../engine/src/shared/protocol.ts';
import { createGuard } from './create-guard.ts';
import type { EngineState, Guard, GuardOptions, Verdict } from './index.ts';

// Real workers crash and hang in e2e/recovery.spec.ts. Here: order, retries and settling, each fault at the very moment that matters.

const LOST: Verdict = {
  ...VERDICT,
  decision: 'block',
  score: null,
  degraded: { reason: { code: 'inference-failed', message: 'an embedding has length 0' }, missing: [], coverage: 0 },
};
const error = (code: string) => expect.objectContaining({ name: 'PortcullisError', code });

/** What reached the workers, as `worker: text`. */
let log: string[];
let choices: string[];
const guards: Guard[] = [];

beforeEach(() => {
  [log, choices] = [[], []];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
});
afterEach(() => {
  for (const guard of guards.splice(0)) guard.close();
  WorkerStandIn.started.length = 0;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Each worker's own ways, in the order they are started; where none is given all goes well. */
function serve(...apis: Partial<EngineApi>[]): void {
  WorkerStandIn.apiOf = (index) => {
    const api = apiWith(apis[index] ?? {});
    return {
      ...api,
      start: (options, onProgress) => {
        choices.push(options.backend);
        return api.start(options, onProgress);
      },
      scan: (id, text, request) => {
        log.push(`${index}: ${text}`);
        return api.scan(id, text, request);
      },
    };
  };
}

function open(options: Partial<GuardOptions> = {}): Guard {
  const guard = createGuard({ bundle: 'models', ...options });
  guards.push(guard);
  return guard;
}

const worker = (index: number): WorkerStandIn => {
  const started = WorkerStandIn.started[index];
  if (started === undefined) throw new Error(`worker ${index} was not started`);
  return started;
};
const terminated = (): boolean[] => WorkerStandIn.started.map((each) => each.terminated);
/** Until all messages under way have arrived. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const pass = async (ms: number): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
};
const webgpu: Partial<EngineApi> = { start: async () => ok({ ...INFO, backend: 'webgpu' }) };
const hangs: Partial<EngineApi> = { scan: () => never, embed: () => never };

describe('a worker that is lost', () => {
  it.each<[string, Partial<EngineApi>, () => void | Promise<void>]>([
    ['crashes', hangs, () => worker(0).crash('out of memory')],
    ['falls silent', hangs, () => pass(30_000)],
    ['says that its numbers are none', { scan: async () => ok(LOST) }, () => {}],
    ['fails', { scan: async () => ({ ok: false, error: { code: 'inference-failed', message: 'bad_alloc' } }) }, () => {}],
  ])('over a scan gives way to another when it %s; what waits keeps its order', async (_name, api, fault) => {
    serve(api);
    const guard = open();
    const verdicts = Promise.all(['a', 'b', 'c'].map((text) => guard.scan(text)));
    await settled();
    await fault();
    await expect(verdicts).resolves.toEqual([VERDICT, VERDICT, VERDICT]);
    expect(log).toEqual(['0: a', '1: a', '1: b', '1: c']);
    expect(terminated()).toEqual([true, false]);
  });

  it.each([
    ['auto', 'webgpu', 'wasm'],
    ['webgpu', 'webgpu', 'wasm'],
    ['auto', 'wasm-threads', 'auto'],
    ['wasm', 'wasm', 'wasm'],
  ] as const)('asked for %s and on %s, goes on with %s, and stays there', async (backend, ranOn, next) => {
    serve({ ...hangs, start: async () => ok({ ...INFO, backend: ranOn }) });
    const guard = open({ backend });
    const scan = guard.scan('a');
    await settled();
    worker(0).crash('the GPU device was lost');
    await scan;
    expect(choices).toEqual([backend, next]);
    expect(await guard.ready).toEqual(INFO);
    worker(1).crash('again');
    await guard.scan('b');
    expect(choices).toEqual([backend, next, next]);
  });

  it.each([
    ['auto', 'wasm'],
    ['webgpu', 'webgpu'],
  ] as const)('while it starts on WebGPU, asked for %s, gives way to one on %s', async (backend, next) => {
    serve({
      start: async (_options, onProgress) => {
        await onProgress({ phase: 'start', backend: 'webgpu' });
        return never;
      },
    });
    const { ready } = open({ backend });
    await settled();
    worker(0).crash('GPU process gone');
    await expect(ready).resolves.toEqual(INFO);
    expect(choices).toEqual([backend, next]);
  });

  it.each([
    ['closed', 'block'],
    ['open', 'allow'],
  ] as const)('with two lost in a row the scan fails %s; the next one tries again, and was not held up', async (fail, decision) => {
    serve(hangs, hangs);
    const guard = open({ policy: { fail } });
    const [poison, next] = [guard.scan('poison'), guard.scan('next')];
    await settled();
    worker(0).crash('first');
    await settled();
    worker(1).crash('second');
    await expect(poison).resolves.toMatchObject({ decision, score: null, degraded: { reason: { code: 'worker-crashed', message: 'second' } } });
    await expect(next).resolves.toEqual(VERDICT);
    expect(log).toEqual(['0: poison', '1: poison', '2: next']);
  });

  it('leaves what its rules found, under any policy, where no other can be started', async () => {
    serve({ scan: async () => ok(LOST) }, { start: async () => ({ ok: false, error: { code: 'bundle-network', message: 'offline' } }) });
    const guard = open({ policy: { fail: 'open' } });
    await expect(guard.scan('a')).resolves.toEqual(LOST);
    expect(guard.state).toEqual({ phase: 'failed', error: { code: 'bundle-network', message: 'offline' } });
    await expect(guard.scan('b')).resolves.toEqual(VERDICT);
  });

  it('does not cost an embedding either', async () => {
    serve({ embed: async () => ({ ok: false, error: { code: 'inference-failed', message: 'lost' } }) });
    await expect(open().embed('a')).resolves.toEqual([new Float32Array([0.6, 0.8])]);
    expect(terminated()).toEqual([true, false]);
  });

  it('is told of, with the cause', async () => {
    const states: EngineState[] = [];
    serve({ ...webgpu, ...hangs });
    const guard = open({ onState: (state) => states.push(state) });
    expect(guard.state).toEqual({ phase: 'loading' });
    const scan = guard.scan('a');
    await settled();
    worker(0).crash('the GPU device was lost');
    await scan;
    const cause = { code: 'worker-crashed', message: 'the GPU device was lost' };
    const ready = (backend: string) => ({ phase: 'ready', info: { ...INFO, backend } });
    expect(states).toEqual([ready('webgpu'), { phase: 'asleep', cause }, { phase: 'loading' }, ready('wasm')]);
    expect(guard.state).toEqual(ready('wasm'));
  });

  it('is replaced by the next scan where it was lost at rest', async () => {
    serve();
    const guard = open();
    await guard.ready;
    worker(0).crash('the GPU device was lost');
    expect(guard.state).toMatchObject({ phase: 'asleep', cause: { code: 'worker-crashed' } });
    await expect(guard.scan('a')).resolves.toEqual(VERDICT);
    expect(log).toEqual(['1: a']);
  });
});

describe('silence', () => {
  it('counts from the last sign of life, for as long as the worker asked', async () => {
    let answer = (): void => {};
    serve({
      scan: () =>
        new Promise((resolve) => {
          answer = () => resolve(ok(VERDICT));
        }),
    });
    const scan = open().scan('a long text');
    await settled();
    for (let batch = 0; batch < 5; batch += 1) {
      worker(0).showLife({ silenceMs: 60_000 });
      await pass(59_000);
    }
    answer();
    await expect(scan).resolves.toEqual(VERDICT);
    await pass(600_000 - 1);
    expect(log).toEqual(['0: a long text']);
  });

  it('ends a start that hangs, but none that goes on', async () => {
    const progress = { phase: 'download', artifact: 'a', loaded: 1, total: 2, fromCache: false } as const;
    serve(
      {
        start: async (_options, onProgress) => {
          for (let chunk = 0; chunk < 5; chunk += 1) {
            await onProgress(progress);
            await new Promise((resolve) => setTimeout(resolve, 100_000));
          }
          return never;
        },
      },
      { start: () => never },
    );
    const { ready } = open();
    const rejected = expect(ready).rejects.toEqual(error('worker-crashed'));
    for (let chunk = 0; chunk < 5; chunk += 1) {
      await settled();
      await pass(100_000);
    }
    expect(WorkerStandIn.started.length).toBe(1);
    await pass(120_000);
    expect(WorkerStandIn.started.length).toBe(2);
    await pass(120_000);
    await rejected;
    expect(terminated()).toEqual([true, true]);
  });
});

describe('during a recovery', () => {
  it('an abort settles its scan at once, and spares the next worker the work', async () => {
    serve(hangs, { start: () => never }, {});
    const guard = open();
    const [first, second] = [new AbortController(), new AbortController()];
    const aborted = [guard.scan('a', { signal: first.signal }), guard.scan('b', { signal: second.signal })];
    const third = guard.scan('c');
    await settled();
    worker(0).crash('');
    await settled();
    first.abort();
    second.abort();
    for (const scan of aborted) await expect(scan).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    worker(1).crash('');
    await expect(third).resolves.toEqual(VERDICT);
    expect(log).toEqual(['0: a', '2: c']);
  });

  it('close() settles all', async () => {
    serve(hangs, { start: () => never });
    const guard = open();
    const asked = [guard.scan('a'), guard.scan('b'), guard.embed('c')];
    await settled();
    worker(0).crash('');
    await settled();
    const { ready } = guard;
    guard.close();
    for (const promise of [...asked, ready]) await expect(promise).rejects.toEqual(error('closed'));
    await settled();
    expect(terminated()).toEqual([true, true]);
    expect(guard.state).toMatchObject({ phase: 'failed', error: { code: 'closed' } });
  });
});

describe('a time without calls', () => {
  it.each([
    [{}, 300_000],
    [{ idleMs: 1000 }, 1000],
  ])('ends the worker, and the next scan starts one: %j', async (options, ms) => {
    serve();
    const guard = open(options);
    await guard.ready;
    await pass(ms - 1);
    await guard.scan('a');
    await pass(ms - 1);
    expect(terminated()).toEqual([false]);
    await pass(1);
    expect(terminated()).toEqual([true]);
    expect(guard.state).toEqual({ phase: 'asleep' });
    await expect(Promise.all([guard.scan('b'), guard.scan('c')])).resolves.toEqual([VERDICT, VERDICT]);
    expect(log).toEqual(['0: a', '1: b', '1: c']);
    expect(guard.state).toEqual({ phase: 'ready', info: INFO });
  });

  it('does not begin while a scan runs', async () => {
    serve(hangs);
    const guard = open({ idleMs: 10 });
    void guard.scan('a').catch(() => {});
    await settled();
    await pass(1000);
    expect(terminated()).toEqual([false]);
  });

  it('lasts for ever where the app says so', async () => {
    serve();
    await open({ idleMs: Number.POSITIVE_INFINITY }).ready;
    await pass(100 * 3_600_000);
    expect(terminated()).toEqual([false]);
  });

  it('a revival outlives the scan that asked for it', async () => {
    serve();
    const guard = open({ idleMs: 10 });
    await guard.ready;
    await pass(10);
    const typing = new AbortController();
    const stale = guard.scan('a', { signal: typing.signal });
    typing.abort();
    await expect(stale).rejects.toMatchObject({ name: 'AbortError' });
    await expect(guard.scan('ab')).resolves.toEqual(VERDICT);
    expect(log).toEqual(['1: ab']);
  });
});

describe('guards of one page', () => {
  it('share a worker, each under its own policy, until the last one closes', async () => {
    const blocks: unknown[] = [];
    serve({
      scan: async (_id, _text, { policy }) => {
        blocks.push(policy.block);
        return ok(VERDICT);
      },
    });
    const [one, other] = [open({ policy: { block: 0.55 } }), open({ policy: { block: 0.9 } })];
    expect([(await one.ready).thresholds.block, (await other.ready).thresholds.block]).toEqual([0.55, 0.9]);
    await Promise.all([one.scan('a'), other.scan('b')]);
    expect(blocks).toEqual([0.55, 0.9]);
    one.close();
    one.close();
    await expect(one.scan('c')).rejects.toEqual(error('closed'));
    await expect(other.scan('d')).resolves.toEqual(VERDICT);
    expect(terminated()).toEqual([false]);
    other.close();
    expect(terminated()).toEqual([true]);
  });

  it('end no scan but their own when they close', async () => {
    const answers: (() => void)[] = [];
    const aborted: number[] = [];
    serve({ scan: () => new Promise((resolve) => void answers.push(() => resolve(ok(VERDICT)))), abort: (id) => void aborted.push(id) });
    const [one, other] = [open(), open()];
    const [mine, theirs] = [one.scan('a'), other.scan('b')];
    await settled();
    one.close();
    await expect(mine).rejects.toEqual(error('closed'));
    await settled();
    expect(aborted).toEqual([0]);
    for (let turn = 0; turn < 2; turn += 1) {
      answers.shift()?.();
      await settled();
    }
    await expect(theirs).resolves.toEqual(VERDICT);
  });

  it('share a start that failed no longer than until the next one opens', async () => {
    serve({ start: async () => ({ ok: false, error: { code: 'bundle-missing', message: 'HTTP 404' } }) });
    const one = open();
    await expect(one.ready).rejects.toEqual(error('bundle-missing'));
    await expect(open().ready).resolves.toEqual(INFO);
    await expect(one.ready).resolves.toEqual(INFO);
  });

  it.each([{ backend: 'wasm' }, { bundle: 'others' }, { idleMs: 7 }] as const)('have workers of their own where they differ in %j', async (options) => {
    serve();
    open();
    open(options);
    expect(WorkerStandIn.started.length).toBe(2);
  });

  it('do not share what their listeners throw', async () => {
    serve();
    const thrown = new Error('of the app');
    const caught: unknown[] = [];
    const real = queueMicrotask;
    vi.stubGlobal('queueMicrotask', (task: () => void) =>
      real(() => {
        try {
          task();
        } catch (error) {
          caught.push(error);
        }
      }),
    );
    const told: string[] = [];
    open({
      onState: () => {
        throw thrown;
      },
    });
    const other = open({ onState: ({ phase }) => told.push(phase) });
    await expect(other.ready).resolves.toEqual(INFO);
    await settled();
    expect([caught, told]).toEqual([[thrown], ['ready']]);
  });
});
