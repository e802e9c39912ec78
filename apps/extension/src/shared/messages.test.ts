import { describe, expect, it } from 'vitest';
import { isAnswer, isEngineMessage, pageMessage } from './messages.ts';

describe('messages', () => {
  it.each([
    { type: 'scan', id: '1', text: '' },
    { type: 'abort', id: '1' },
    { type: 'wake' },
    { type: 'setup' },
    { type: 'pointed', selector: '#a' },
    { type: 'pointed' },
  ])('takes %j of a page', (message) => {
    expect(pageMessage(message)).toEqual(message);
    expect(isEngineMessage(message)).toBe(false);
  });

  it.each([
    null,
    'scan',
    { type: 'scan', id: '1' },
    { type: 'scan', id: 1, text: 'a' },
    { type: 'scan', text: 'a' },
    { type: 'other', id: '1', text: 'a' },
    // What only the service worker says to the engine: no page may choose the policy.
    { type: 'scan', id: '1', text: 'a', to: 'engine', policy: { preset: 'quiet' }, source: 'x' },
  ])('refuses %j', (message) => {
    expect(pageMessage(message)).toBeUndefined();
  });

  it('takes nothing over that a page adds', () => {
    expect(pageMessage({ type: 'scan', id: '1', text: 'a', policy: {} })).toEqual({ type: 'scan', id: '1', text: 'a' });
  });

  it('knows an answer from a channel that closed', () => {
    expect([undefined, null, {}, { ok: true }].map(isAnswer)).toEqual([false, false, false, true]);
  });
});
