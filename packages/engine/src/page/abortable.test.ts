import { describe, expect, it } from 'vitest';
import { abortable } from './abortable.ts';

const never = new Promise<never>(() => {});

describe('abortable', () => {
  it('is the promise, with and without a signal', async () => {
    await expect(abortable(Promise.resolve(7), undefined)).resolves.toBe(7);
    await expect(abortable(Promise.resolve(7), new AbortController().signal)).resolves.toBe(7);
    await expect(abortable(Promise.reject(new Error('its own')), new AbortController().signal)).rejects.toThrow('its own');
  });

  it('rejects as soon as the signal fires, and tells', async () => {
    const controller = new AbortController();
    let told = 0;
    const result = abortable(never, controller.signal, () => {
      told += 1;
    });
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toBe(1);
  });

  it('rejects at once for a signal that has fired, with its reason', async () => {
    const reason = new Error('no longer wanted');
    let told = 0;
    const result = abortable(Promise.resolve(7), AbortSignal.abort(reason), () => {
      told += 1;
    });
    await expect(result).rejects.toBe(reason);
    expect(told).toBe(1);
  });

  it.each([
    ['answered', () => Promise.resolve(7)],
    ['failed', () => Promise.reject(new Error('its own'))],
  ])('tells nobody of an abort after it has %s', async (_name, settle) => {
    const controller = new AbortController();
    let told = 0;
    await abortable(settle(), controller.signal, () => {
      told += 1;
    }).catch(() => {});
    controller.abort();
    expect(told).toBe(0);
  });
});
