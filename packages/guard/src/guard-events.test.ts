import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiWith, INFO, ok, VERDICT, WorkerStandIn } from '../../engine/src/node/testing/worker-stand-in.ts';
import type { EngineApi } from '../../engine/src/shared/protocol.ts';
import { createGuard, type Guard, type GuardEventName } from './index.ts';

/** Long enough for a message to arrive at the other end. */
const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

let guard: Guard | undefined;
function open(api: Partial<EngineApi> = {}): Guard {
  WorkerStandIn.apiOf = () => apiWith(api);
  guard = createGuard({ bundle: 'models' });
  return guard;
}
/** What a guard tells under one name, in order. */
function heard(from: Guard, name: GuardEventName): unknown[] {
  const events: unknown[] = [];
  from.on(name, (event) => events.push(event));
  return events;
}

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://app.example/' });
});
afterEach(() => {
  guard?.close();
  WorkerStandIn.started.length = 0;
  vi.unstubAllGlobals();
});

describe('on', () => {
  it('tells of the loading, of what runs then, and of every verdict with its text', async () => {
    const step = { phase: 'start', backend: 'wasm' } as const;
    const told = open({
      start: async (_options, onProgress) => {
        await onProgress(step);
        return ok(INFO);
      },
    });
    const [progress, backend, verdicts, errors] = [heard(told, 'progress'), heard(told, 'backend'), heard(told, 'verdict'), heard(told, 'error')];
    await told.ready;
    await told.scan('Hello');
    await aMoment();
    expect([progress, backend, verdicts, errors]).toEqual([[step], [INFO], [{ text: 'Hello', verdict: VERDICT }], []]);
  });

  it('tells why the engine does not run, and that a verdict was made without it', async () => {
    const told = open({ start: async () => ({ ok: false, error: { code: 'bundle-missing', message: 'HTTP 404' } }) });
    const [errors, verdicts] = [heard(told, 'error'), heard(told, 'verdict')];
    await told.scan('Hello');
    await aMoment();
    expect(errors).toEqual([expect.objectContaining({ code: 'bundle-missing', message: 'HTTP 404' })]);
    expect(verdicts).toEqual([expect.objectContaining({ verdict: expect.objectContaining({ decision: 'block' }) })]);
  });

  it('tells of a worker that was lost', async () => {
    const told = open();
    await told.ready;
    const errors = heard(told, 'error');
    WorkerStandIn.started[0]?.crash('out of memory');
    await aMoment();
    expect(errors).toEqual([{ code: 'worker-crashed', message: 'out of memory' }]);
  });

  it('stops when it is told to, and takes one listener twice', async () => {
    const told = open();
    const listener = vi.fn();
    const [off] = [told.on('verdict', listener), told.on('verdict', listener)];
    await told.scan('one');
    await aMoment();
    expect(listener).toHaveBeenCalledTimes(2);
    off();
    off();
    await told.scan('two');
    await aMoment();
    expect(listener).toHaveBeenCalledTimes(3);
  });
});

describe('safeScan', () => {
  it('gives the text where it is allowed', async () => {
    await expect(open().safeScan('Hello')).resolves.toEqual({ ok: true, text: 'Hello' });
  });

  it.each(['warn', 'block'] as const)('gives the verdict and no text where it says %s', async (decision) => {
    const verdict = { ...VERDICT, decision };
    await expect(open({ scan: async () => ok(verdict) }).safeScan('Hello')).resolves.toEqual({ ok: false, verdict });
  });

  it('throws as a scan does', async () => {
    await expect(open().safeScan('Hello', { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(open().safeScan(7 as unknown as string)).rejects.toMatchObject({ code: 'input-invalid' });
  });
});
