import { describe, expect, it } from 'vitest';
import { errorData, errorFrom, PortcullisError } from './errors.ts';

describe('errors across the worker boundary', () => {
  it('keep code and message through a structured clone', () => {
    const sent = structuredClone(errorData(new PortcullisError('bundle-corrupt', 'model.onnx: wrong hash'), 'inference-failed'));
    const received = errorFrom(sent);
    expect(received).toBeInstanceOf(PortcullisError);
    expect(received).toMatchObject({ name: 'PortcullisError', code: 'bundle-corrupt', message: 'model.onnx: wrong hash' });
  });

  it.each([
    [new TypeError('no such thing'), 'no such thing'],
    ['a string', 'a string'],
    [undefined, 'undefined'],
  ])('give what is not ours the fallback code: %s', (thrown, message) => {
    expect(errorData(thrown, 'inference-failed')).toEqual({ code: 'inference-failed', message });
  });

  it('keep the cause on this side', () => {
    const cause = new Error('below');
    expect(new PortcullisError('closed', 'above', { cause }).cause).toBe(cause);
  });
});
