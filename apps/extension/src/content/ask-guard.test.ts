import { PortcullisError } from '@portcullis/core';
import type { Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import type { LineMessage } from '../shared/line.ts';
import { askGuard, type Send } from './ask-guard.ts';

const verdict: Verdict = {
  decision: 'allow',
  score: 0.01,
  confidence: 0.99,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Nothing was found.',
  backend: 'wasm',
  latencyMs: 20,
  bundle: 'b@1',
};
const open = new AbortController().signal;

/** A channel that answers one message after the other as told, and keeps what went over it. */
function channel(...answers: readonly (() => Promise<unknown>)[]): { post: Send; posted: LineMessage[] } {
  const posted: LineMessage[] = [];
  return {
    posted,
    post: (message) => {
      posted.push(message);
      return answers[posted.length - 1]?.() ?? Promise.reject(new Error('one message too many'));
    },
  };
}
const answers = (value: unknown) => () => Promise.resolve(value);
const dies = () => Promise.reject(new Error('A listener indicated an asynchronous response, but the message channel closed'));
const hangs = () => new Promise(() => {});

describe('askGuard', () => {
  it('gives the verdict', async () => {
    const { post, posted } = channel(answers({ ok: true, verdict }));
    await expect(askGuard('a text', open, post)).resolves.toEqual(verdict);
    expect(posted).toEqual([{ type: 'read', id: expect.any(String), text: 'a text' }]);
  });

  it.each([
    ['rejects', dies],
    ['closes without an answer', answers(undefined)],
  ])('asks once more where the channel %s', async (_what, first) => {
    const { post, posted } = channel(first, answers({ ok: true, verdict }));
    await expect(askGuard('a text', open, post)).resolves.toEqual(verdict);
    expect(posted).toHaveLength(2);
  });

  it('gives up after the second death', async () => {
    const { post, posted } = channel(dies, answers(undefined));
    await expect(askGuard('a text', open, post)).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(posted).toHaveLength(2);
  });

  it('does not ask again what was answered with an error, nor over a channel that is gone for good', async () => {
    const failed = channel(answers({ ok: false, error: { code: 'bundle-corrupt', message: 'no' } }));
    await expect(askGuard('a text', open, failed.post)).rejects.toMatchObject({ code: 'bundle-corrupt' });
    const gone = channel(() => Promise.reject(new PortcullisError('closed', 'reload')));
    await expect(askGuard('a text', open, gone.post)).rejects.toMatchObject({ code: 'closed' });
    expect([failed.posted.length, gone.posted.length]).toEqual([1, 1]);
  });

  it('settles where nothing ever answers', async () => {
    await expect(askGuard('a text', open, channel(hangs).post, 20)).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('tells the engine when nobody waits any more', async () => {
    const { post, posted } = channel(hangs, answers(null));
    const aborting = new AbortController();
    const asked = askGuard('a text', aborting.signal, post);
    aborting.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(posted.map(({ type }) => type)).toEqual(['read', 'abort']);
  });
});
