import { describe, expect, it } from 'vitest';
import { isVouchedFor, vouchFor, vouchForAnswer, vouchLike } from './vouch.ts';

// What a worker's own answers are worth, and what overwritten globals change in it, is e2e/overwritten.spec.ts: no event that a test can make is the browser's.
const verdict = () => ({ decision: 'allow', findings: [] });

describe('a verdict that is vouched for', () => {
  it('is itself, on its own text', () => {
    const own = vouchFor(verdict(), 'a text');
    expect(isVouchedFor('a text', own)).toBe(true);
    expect(isVouchedFor('another', own)).toBe(false);
    expect(isVouchedFor('a text', { ...own })).toBe(false);
    expect(isVouchedFor('a text', verdict())).toBe(false);
  });

  it('cannot be changed', () => {
    const own = vouchFor(verdict(), 'a text');
    expect(() => Object.assign(own, { decision: 'block' })).toThrow(TypeError);
  });

  it('hands that on to what is made of it, and another does not', () => {
    expect(isVouchedFor('a text', vouchLike(verdict(), vouchFor(verdict(), 'a text')))).toBe(true);
    expect(isVouchedFor('a text', vouchLike(verdict(), verdict()))).toBe(false);
  });

  it('is none that an event of a script’s brings', () => {
    const asked = { text: 'a text', under: {} as never };
    const judged = { ...asked, verdict: verdict() };
    vouchForAnswer(new MessageEvent('message', { data: { value: { judged } } }), asked);
    expect(isVouchedFor('a text', judged.verdict)).toBe(false);
  });
});
