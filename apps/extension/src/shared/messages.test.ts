import { describe, expect, it } from 'vitest';
import { isLineAnswer, lineMessage } from './line.ts';
import { isAnswer, isEngineMessage, pageMessage } from './messages.ts';

describe('messages', () => {
  it.each([{ type: 'answer', text: '' }, { type: 'wake' }, { type: 'setup' }, { type: 'pointed', selector: '#a' }, { type: 'pointed' }])(
    'takes %j of a page',
    (message) => {
      expect(pageMessage(message)).toEqual(message);
      expect(isEngineMessage(message)).toBe(false);
    },
  );

  it.each([
    null,
    'wake',
    { type: 'answer' },
    { type: 'answer', text: 1 },
    { type: 'other', text: 'a' },
    // What only the service worker says to the engine, and the engine to the service worker: no page chooses the policy or writes the history.
    { type: 'scan', text: 'a', to: 'engine', policy: { preset: 'quiet' }, source: 'x' },
    { type: 'policy', to: 'engine', policy: { preset: 'quiet' } },
    { to: 'background', found: {} },
  ])('refuses %j', (message) => {
    expect(pageMessage(message)).toBeUndefined();
  });

  it('takes nothing over that a page adds', () => {
    expect(pageMessage({ type: 'answer', text: 'a', policy: {} })).toEqual({ type: 'answer', text: 'a' });
  });

  it('knows an answer from a channel that closed', () => {
    expect([undefined, null, {}, { ok: true }].map(isAnswer)).toEqual([false, false, false, true]);
  });
});

describe('a line', () => {
  it.each([
    { type: 'read', id: '1', text: '' },
    { type: 'abort', id: '1' },
    { type: 'held', text: 'a' },
  ])('takes %j of a page', (message) => {
    expect(lineMessage(message)).toEqual(message);
  });

  it.each([null, 'read', { type: 'read', id: '1' }, { type: 'read', id: 1, text: 'a' }, { type: 'read', text: 'a' }, { type: 'abort' }, { type: 'held' }])(
    'refuses %j',
    (message) => {
      expect(lineMessage(message)).toBeUndefined();
    },
  );

  it('takes no verdict and no policy of a page', () => {
    expect(lineMessage({ type: 'held', text: 'a', verdict: {}, source: 'x' })).toEqual({ type: 'held', text: 'a' });
    expect(lineMessage({ type: 'read', id: '1', text: 'a', policy: {} })).toEqual({ type: 'read', id: '1', text: 'a' });
  });

  it('knows the engine’s answers', () => {
    expect([{ id: '1', answer: { ok: true } }, { id: '1' }, { id: 1, answer: { ok: true } }, null].map(isLineAnswer)).toEqual([true, false, false, false]);
  });
});
