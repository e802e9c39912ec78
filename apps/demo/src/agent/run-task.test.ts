import { beforeAll, describe, expect, it } from 'vitest';
import { type EngineGuard, engineGuard } from '../../../../packages/guard/src/node/testing/engine-guard.ts';
import { createStore } from '../state.ts';
import { INITIAL } from './agent-state.ts';
import { runTask, type Show } from './run-task.ts';
import { TOOLS_POLICY } from './tools-policy.ts';

let guard: EngineGuard;
beforeAll(async () => {
  guard = await engineGuard({ tools: TOOLS_POLICY });
});

async function run(task: string, show: Show, by: EngineGuard | undefined = guard) {
  const store = createStore(INITIAL, () => {});
  await runTask(task, store, by, show);
  const state = store.get();
  return { ...state, calls: state.log.flatMap((entry) => (entry.kind === 'call' ? [[entry.name, entry.state.kind]] : [])) };
}
const never: Show = () => Promise.reject(new Error('asked'));

describe('runTask', () => {
  it('reads and notes without a question', async () => {
    const { calls, notes, outbox } = await run('Read “Hut news” and note when it opens.', never);
    expect(calls).toEqual([
      ['read_page', 'executed'],
      ['add_note', 'executed'],
    ]);
    expect(notes.at(-1)).toBe('The hut opens on 15 May and closes on 20 October.');
    expect(outbox).toEqual([]);
  });

  it('asks before the mail that a page ordered, and sends nothing when it is denied', async () => {
    const asked: Parameters<Show>[0][] = [];
    const { calls, outbox, busy } = await run('Read “Hut prices” and tell me what a night costs.', async (verdict) => {
      asked.push(verdict);
      return false;
    });
    expect(calls).toEqual([
      ['read_page', 'executed'],
      ['send_mail', 'denied'],
    ]);
    expect([outbox, busy]).toEqual([[], false]);
    expect(asked).toMatchObject([
      { decision: 'confirm', arguments: [{ path: 'to', provenance: 'context' }, { path: 'subject' }, { path: 'body', provenance: 'new' }] },
    ]);
  });

  it('sends what the person allows', async () => {
    const { calls, outbox } = await run('Read “Trip report” and mail its summary to anna@home.example.', async () => true);
    expect(calls.at(-1)).toEqual(['send_mail', 'executed']);
    expect(outbox).toMatchObject([{ to: 'anna@home.example' }]);
  });

  it('does nothing without a guard', async () => {
    const store = createStore(INITIAL, () => {});
    await runTask('Read “Hut news” and note when it opens.', store, undefined, never);
    expect(store.get().notes).toEqual(INITIAL.notes);
    expect(store.get().log.flatMap((entry) => (entry.kind === 'call' ? [entry.state.kind] : []))).toEqual(['blocked']);
  });
});
