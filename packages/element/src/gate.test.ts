import type { Decision, Degraded, ErrorCode, Finding, Verdict } from '@portcullis/guard';
import { describe, expect, it } from 'vitest';
import { edited, GATE_NAMES, type Gate, isEngineFailure, judged, press } from './gate.ts';

const found: Finding = { signal: 'classifier', title: 'Odd', score: 1, span: [0, 1] };
const verdictOf = (decision: Decision, extra: Partial<Verdict> = {}): Verdict => ({
  decision,
  score: 0.5,
  confidence: 0.5,
  uncertainty: 0,
  signals: [],
  findings: [],
  reason: 'Because.',
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'test@0',
  ...extra,
});
const degradedBy = (code: ErrorCode): Degraded => ({ reason: { code, message: 'gone' }, missing: ['classifier'], coverage: 0 });

const gates: Record<Gate['name'], Gate> = {
  loading: { name: 'loading' },
  ready: { name: 'ready' },
  scanning: { name: 'scanning', text: 'a' },
  allowed: { name: 'allowed', text: 'a', verdict: verdictOf('allow'), overridden: false },
  warned: { name: 'warned', text: 'a', verdict: verdictOf('warn') },
  blocked: { name: 'blocked', text: 'a', verdict: verdictOf('block') },
  vetoed: { name: 'vetoed', text: 'a', verdict: verdictOf('allow') },
  error: { name: 'error', error: { code: 'worker-crashed', message: 'gone' } },
};

describe('press', () => {
  it.each(GATE_NAMES)('%s: an empty text goes nowhere', (name) => {
    expect(press(gates[name], ' \n\t ')).toBe('ignore');
  });

  it.each([
    ['loading', 'hold'],
    ['ready', 'scan'],
    ['scanning', 'ignore'],
    ['allowed', 'scan'],
    ['warned', 'scan'],
    ['blocked', 'scan'],
    ['vetoed', 'scan'],
    ['error', 'ignore'],
  ] as const)('%s: a new text means %s', (name, expected) => {
    expect(press(gates[name], 'something else')).toBe(expected);
  });

  it.each(['warned', 'blocked'] as const)('%s: the same text again changes nothing', (name) => {
    expect(press(gates[name], 'a')).toBe('ignore');
  });

  it('scans the same text again where the verdict was incomplete', () => {
    expect(press({ name: 'blocked', text: 'a', verdict: verdictOf('block', { degraded: degradedBy('input-invalid') }) }, 'a')).toBe('scan');
  });

  it('holds a text once, and the newer one in its place', () => {
    expect(press({ name: 'loading', held: 'a' }, 'a')).toBe('ignore');
    expect(press({ name: 'loading', held: 'a' }, 'b')).toBe('hold');
  });
});

describe('edited', () => {
  it.each(['ready', 'scanning', 'allowed', 'warned', 'blocked', 'vetoed'] as const)('%s: forgets what it knew', (name) => {
    expect(edited(gates[name])).toEqual({ name: 'ready' });
  });

  it('lets go of a held text', () => {
    expect(edited({ name: 'loading', held: 'a' })).toEqual({ name: 'loading' });
  });

  it('mends no error', () => {
    expect(edited(gates.error)).toBe(gates.error);
  });
});

describe('judged', () => {
  it.each([
    ['allow', false, 'allowed'],
    ['allow', true, 'vetoed'],
    ['warn', false, 'warned'],
    ['warn', true, 'vetoed'],
    ['block', false, 'blocked'],
    ['block', true, 'blocked'],
  ] as const)('%s, vetoed: %s, is %s', (decision, vetoed, name) => {
    const verdict = verdictOf(decision);
    expect(judged('a', verdict, vetoed)).toMatchObject({ name, text: 'a', verdict });
  });

  it('blocks on a decision it does not know', () => {
    expect(judged('a', verdictOf('later' as Decision), false).name).toBe('blocked');
  });

  it('is never an override by itself', () => {
    expect(judged('a', verdictOf('allow'), false)).toMatchObject({ overridden: false });
  });

  it('becomes an error when the engine is gone', () => {
    const degraded = degradedBy('worker-crashed');
    expect(judged('a', verdictOf('block', { degraded }), false)).toEqual({ name: 'error', error: degraded.reason });
  });
});

describe('isEngineFailure', () => {
  it.each([
    ['a block for want of an engine', verdictOf('block', { degraded: degradedBy('bundle-missing') }), true],
    ['a complete block', verdictOf('block'), false],
    ['a block for something found in the text', verdictOf('block', { degraded: degradedBy('inference-failed'), findings: [found] }), false],
    ['a text too long to be seen whole', verdictOf('block', { degraded: degradedBy('input-invalid') }), false],
    ['an allow under a policy that fails open', verdictOf('allow', { degraded: degradedBy('worker-crashed') }), false],
  ])('%s', (_, verdict, expected) => {
    expect(isEngineFailure(verdict)).toBe(expected);
  });
});
