import { PortcullisError } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { createQuestions } from './questions.ts';

const gone = new PortcullisError('worker-crashed', 'gone');

describe('questions to a worker', () => {
  it('gives the answer, and an error with its code', async () => {
    const questions = createQuestions();
    await expect(questions.ask(async () => ({ ok: true, value: 7 }))).resolves.toBe(7);
    const failed = questions.ask(async () => ({ ok: false, error: { code: 'inference-failed', message: 'lost' } }));
    expect(questions.open).toBe(1);
    await expect(failed).rejects.toMatchObject({ code: 'inference-failed', message: 'lost' });
    await expect(questions.ask(() => Promise.reject(new Error('no clone')))).rejects.toThrow('no clone');
    expect(questions.open).toBe(0);
  });

  it('rejects what waits when the worker is gone, and what comes later without asking', async () => {
    const questions = createQuestions();
    const waiting = questions.ask(() => new Promise(() => {}));
    expect(questions.end(gone)).toBe(true);
    expect(questions.end(new PortcullisError('closed', 'later'))).toBe(false);
    await expect(waiting).rejects.toBe(gone);
    let asked = false;
    const late = questions.ask(async () => {
      asked = true;
      return { ok: true, value: 7 };
    });
    await expect(late).rejects.toBe(gone);
    expect([asked, questions.open, questions.ended]).toEqual([false, 0, gone]);
  });
});
