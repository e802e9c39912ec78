import { describe, expect, it } from 'vitest';
import { decide, decideDegraded, parsePolicy, thresholdsOf } from './policy.ts';
import type { Finding, Severity } from './verdict.ts';

const finding = (severity: Severity): Finding => ({ rule: 'pi-test-001', title: 'A rule', severity, span: [0, 1], excerpt: 'x', owasp: [], atlas: [] });
const bundle = { block: 0.8, warn: 0.5 };

describe('parsePolicy', () => {
  it('fills the defaults, and fails closed', () => {
    expect(parsePolicy()).toEqual({ blockSeverity: 'high', fail: 'closed', maxTokens: 16_384 });
  });

  it.each([
    [{ block: 1.5 }, /^policy\.block: /],
    [{ block: Number.NaN }, /^policy\.block: /],
    [{ fail: 'ajar' }, /^policy\.fail: /],
    [{ blockk: 0.5 }, /^policy\.blockk: /],
    [{ maxTokens: 12.5 }, /^policy\.maxTokens: /],
    [{ block: 0.4, warn: 0.6 }, /^policy\.warn: 0\.6 lies above/],
    ['strict', /^policy\./],
    [null, /^policy\./],
  ])('refuses %j and names the field', (input, message) => {
    expect(() => parsePolicy(input)).toThrow(expect.objectContaining({ code: 'policy-invalid', message: expect.stringMatching(message) }));
  });
});

describe('thresholdsOf', () => {
  it('takes the bundle where the policy is silent', () => {
    expect(thresholdsOf(parsePolicy(), bundle)).toEqual(bundle);
    expect(thresholdsOf(parsePolicy({ block: 0.9 }), bundle)).toEqual({ block: 0.9, warn: 0.5 });
  });

  it('never warns above the block threshold', () => {
    expect(thresholdsOf(parsePolicy({ block: 0.3 }), bundle)).toEqual({ block: 0.3, warn: 0.3 });
  });
});

describe('decide', () => {
  const policy = parsePolicy();

  it.each([
    [0, 'allow'],
    [0.4999, 'allow'],
    [0.5, 'warn'],
    [0.7999, 'warn'],
    [0.8, 'block'],
    [1, 'block'],
  ] as const)('at score %d says %s', (score, expected) => {
    expect(decide(score, [], policy, bundle)).toBe(expected);
  });

  it.each([
    ['low', 'allow'],
    ['medium', 'allow'],
    ['high', 'block'],
    ['critical', 'block'],
  ] as const)('with a %s rule and a low score says %s', (severity, expected) => {
    expect(decide(0.1, [finding(severity)], policy, bundle)).toBe(expected);
  });

  it('lets no rule block by itself under `never`', () => {
    expect(decide(0.1, [finding('critical')], parsePolicy({ blockSeverity: 'never' }), bundle)).toBe('allow');
  });

  it('does not take a signal for a rule', () => {
    expect(decide(0.1, [{ signal: 'anomaly', title: 'Odd', score: 1, span: [0, 1] }], policy, bundle)).toBe('allow');
  });
});

describe('decideDegraded', () => {
  it('blocks when closed, keeps what was found when open', () => {
    expect(decideDegraded('allow', parsePolicy())).toBe('block');
    expect(decideDegraded('allow', parsePolicy({ fail: 'open' }))).toBe('allow');
    expect(decideDegraded('block', parsePolicy({ fail: 'open' }))).toBe('block');
  });
});
