import { expect, it } from 'vitest';
import { storeOr } from '../settings/settings.ts';
import { keepDraft, takeDraft } from './kept-draft.ts';

const forgetful = () =>
  storeOr(() => {
    throw new Error('refused');
  });

it('gives what was written back once', () => {
  const session = forgetful();
  expect(takeDraft(session)).toBe('');
  keepDraft(session, 'half a thought');
  expect([takeDraft(session), takeDraft(session)]).toEqual(['half a thought', '']);
});

it('gives no old text where the store is full', () => {
  const session = forgetful();
  keepDraft(session, 'old');
  const full = {
    ...session,
    setItem: () => {
      throw new DOMException('', 'QuotaExceededError');
    },
  };
  keepDraft(full, 'new');
  expect(takeDraft(session)).toBe('');
});
