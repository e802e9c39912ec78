import { describe, expect, it } from 'vitest';
import { storeOr } from '../settings/settings.ts';
import type { Message } from '../state.ts';
import { keepThread, readThread } from './kept-thread.ts';

const forgetful = () =>
  storeOr(() => {
    throw new Error('refused');
  });
const held: Message = { kind: 'held', id: 1, count: 2 };

describe('a kept thread', () => {
  it('is what was kept, without what is still on its way', () => {
    const session = forgetful();
    keepThread(session, { id: 'a', messages: [held, { kind: 'waiting', id: 2, label: 'Test' }, { kind: 'failed', id: 3, error: 'down' }] });
    expect(readThread(session)).toEqual({ id: 'a', messages: [held] });
  });

  it.each([null, '', '{', '7', 'null', '{"id":7,"messages":[]}', '{"id":"a"}'])('is new where %j was kept', (kept) => {
    const session = { ...forgetful(), getItem: () => kept };
    const { id, messages } = readThread(session);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(messages).toEqual([]);
    expect(readThread(session).id).not.toBe(id);
  });

  it('is dropped where the store is full, so that no old one comes back', () => {
    const session = forgetful();
    keepThread(session, { id: 'a', messages: [held] });
    const full = {
      ...session,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    keepThread(full, { id: 'a', messages: [held, held] });
    expect(readThread(session).id).not.toBe('a');
  });
});
