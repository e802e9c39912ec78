import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import type { PolicyInput } from '../policy/schema.ts';
import type { Decision, Verdict } from '../verdict.ts';
import { aligned, conversationThresholds, ruleOnTurn, type TurnEvidence } from './rule-on-turn.ts';
import type { UserTurn } from './turn.ts';

const BUNDLE = { warn: 0.3, block: 0.6 };
const OWN = { warn: 0.8, block: 0.9 };

const alone = (score: number | null, decision: Decision = 'allow', more: Partial<Verdict> = {}) => ({
  decision,
  score,
  confidence: 0.9,
  reason: 'Nothing suspicious found.',
  decidedBy: { kind: 'none' } as const,
  ...more,
});
const earlier = (...scores: readonly (number | [score: number, decision: Decision])[]): UserTurn[] =>
  scores.map((given, index) => {
    const [score, decision] = typeof given === 'number' ? [given, 'allow' as const] : given;
    return { role: 'user', number: index + 1, hash: '', score, risk: score, decision, bundle: 'b@1' };
  });
const rule = (evidence: TurnEvidence, before: readonly UserTurn[] = [], policy: PolicyInput = {}) =>
  ruleOnTurn(evidence, { number: before.length + 1, earlier: before }, parsePolicy(policy), BUNDLE);

describe('ruleOnTurn', () => {
  it('leaves a first turn as it is', () => {
    const verdict = alone(0.2);
    expect(rule({ alone: verdict })).toEqual({ ...verdict, conversation: { turn: 1, turns: 1, peak: 0.2, accumulated: 0.2, risk: 0.2 } });
  });

  it('lets a harmless turn pass after suspicious ones, and tells their peak', () => {
    expect(rule({ alone: alone(0.01) }, earlier(0.28, 0.25))).toMatchObject({ decision: 'allow', conversation: { peak: 0.28, turns: 3 } });
  });

  it('holds a turn that the last suspicious one and it add up to', () => {
    const verdict = rule({ alone: alone(0.29) }, earlier(0.29, 0.29));
    expect(verdict).toMatchObject({
      decision: 'block',
      reason: 'Held back: suspicious turns add up.',
      decidedBy: { kind: 'conversation', by: 'accumulated', field: 'bundle.thresholds.block', limit: 0.6 },
      conversation: { caughtAt: 3 },
    });
    expect(verdict.confidence).toBe(verdict.conversation.risk);
    expect(rule({ alone: alone(0.29) }, earlier(0.2)).decision).toBe('warn');
  });

  it('holds no turn against later ones that a person has sent at their own word', () => {
    expect(rule({ alone: alone(0.2) }, earlier([0.59, 'warn'], [0.5, 'warn']))).toMatchObject({ decision: 'allow', conversation: { peak: 0.59, risk: 0.2 } });
  });

  it.each(['warn', 'block'] as const)('takes the graver decision of the turns read as one: %s', (decision) => {
    const cumulative = alone(0.7, decision);
    expect(rule({ alone: alone(0.1), cumulative }, earlier(0.1))).toMatchObject({
      decision,
      decidedBy: { kind: 'conversation', by: 'cumulative' },
      reason: expect.stringContaining('together with what was said before'),
      conversation: { cumulative: 0.7, risk: 0.7 },
    });
  });

  it('leaves a turn’s own score to its own verdict: to the benign guard, and to thresholds of its source', () => {
    const benign = alone(0.7, 'warn', {
      decidedBy: { kind: 'benign', score: 0.7, field: 'bundle.thresholds.block', limit: 0.8, note: { reason: 'reports', span: [0, 1] } },
    });
    expect(rule({ alone: benign }, earlier(0.01))).toMatchObject({ ...benign, conversation: { risk: 0.7, caughtAt: 2 } });
    expect(rule({ alone: alone(0.7) }, earlier(0.01)).decision).toBe('allow');
  });

  it('names the field that its threshold comes from', () => {
    const fieldUnder = (policy: PolicyInput) => rule({ alone: alone(0.1), cumulative: alone(0.9, 'block') }, earlier(0.1), policy).decidedBy;
    expect(fieldUnder({})).toMatchObject({ field: 'bundle.thresholds.block' });
    expect(fieldUnder({ block: 0.7 })).toMatchObject({ field: 'policy.block', limit: 0.7 });
    expect(fieldUnder({ roles: { user: { block: 0.7 } } })).toMatchObject({ field: 'policy.roles.user.block' });
    expect(fieldUnder({ mode: 'benchmark' })).toMatchObject({ field: 'policy.mode', limit: 0.15 });
    expect(fieldUnder({ block: 0.7, conversation: { block: 0.8 } })).toMatchObject({ field: 'policy.conversation.block', limit: 0.8 });
  });

  it('goes by the thresholds of its source', () => {
    const policy = parsePolicy({ sources: [{ match: 'kiosk', block: 0.95, warn: 0.9 }] });
    const evidence = { alone: alone(0.1), trajectory: { probability: 0.9, thresholds: OWN } };
    expect(ruleOnTurn(evidence, { number: 2, earlier: earlier(0.1), source: 'kiosk' }, policy, BUNDLE).decision).toBe('allow');
    expect(ruleOnTurn(evidence, { number: 2, earlier: earlier(0.1) }, policy, BUNDLE).decision).toBe('block');
  });

  it('follows the trajectory by its own thresholds, told on the scale of the texts', () => {
    const at = (probability: number) => rule({ alone: alone(0.01), trajectory: { probability, thresholds: OWN } }, earlier(0.01));
    expect(at(0.79).decision).toBe('allow');
    expect(at(0.8)).toMatchObject({ decision: 'warn', conversation: { trajectory: 0.3 } });
    expect(at(0.9)).toMatchObject({ decision: 'block', decidedBy: { by: 'trajectory' }, conversation: { risk: 0.6 } });
  });

  it('never makes a decision milder', () => {
    const blocked = alone(0.1, 'block', { decidedBy: { kind: 'rule', rule: 'x', severity: 'high', field: 'policy.blockSeverity', limit: 'high' } });
    expect(rule({ alone: blocked, cumulative: alone(0.4, 'warn') }, earlier(0.1))).toMatchObject({ ...blocked, conversation: { caughtAt: 2 } });
  });

  it.each(['off', 'allowed'] as const)('respects what the policy leaves out: %s', (kind) => {
    const spared = alone(kind === 'off' ? null : 0.2, 'allow', { decidedBy: { kind, field: 'policy.x' } });
    expect(rule({ alone: spared, trajectory: { probability: 1, thresholds: OWN } }, earlier(0.29)).decision).toBe('allow');
  });

  it('invents no figure where nothing was scored', () => {
    const unscored = alone(null, 'block', { degraded: { reason: { code: 'worker-crashed', message: 'gone' }, missing: [], coverage: 0 } });
    expect(rule({ alone: unscored })).toEqual({ ...unscored, conversation: { turn: 1, turns: 1, peak: null, risk: null, caughtAt: 1 } });
  });

  it.each([
    ['closed', 'block'],
    ['open', 'allow'],
  ] as const)('says that a part failed, and fails %s', (fail, decision) => {
    const failure = { code: 'bundle-network', message: 'no network' } as const;
    expect(rule({ alone: alone(0.1), failure }, earlier(0.1), { fail })).toMatchObject({
      decision,
      degraded: { reason: failure },
      conversation: { risk: 0.1 },
    });
  });

  it('goes by the policy’s own thresholds', () => {
    const policy = { conversation: { warn: 0.2, block: 0.25 } };
    const verdict = rule({ alone: alone(0.2), cumulative: alone(0.2) }, earlier(0.2), policy);
    expect(verdict).toMatchObject({ decision: 'block', decidedBy: { field: 'policy.conversation.block', limit: 0.25 } });
  });
});

describe('conversationThresholds', () => {
  it.each([
    [{}, BUNDLE],
    [{ block: 0.9 }, { warn: 0.3, block: 0.9 }],
    [{ roles: { user: { block: 0.2 } } }, { warn: 0.2, block: 0.2 }],
    [
      { block: 0.9, conversation: { block: 0.5 } },
      { warn: 0.3, block: 0.5 },
    ],
    [{ conversation: { warn: 0.1 } }, { warn: 0.1, block: 0.6 }],
  ] as const)('of %j', (policy, expected) => {
    expect(conversationThresholds(parsePolicy(policy), BUNDLE)).toEqual(expected);
  });
});

describe('aligned', () => {
  it.each([
    [0, 0],
    [0.4, 0.15],
    [0.8, 0.3],
    [0.85, 0.45],
    [0.9, 0.6],
    [0.95, 0.8],
    [1, 1],
  ])('%d is %d', (from, to) => {
    expect(aligned(from, OWN, BUNDLE)).toBeCloseTo(to, 12);
  });

  it.each([
    [{ warn: 0.5, block: 0.5 }, 0.5, 0.6],
    [{ warn: 0, block: 0 }, 0, 0.6],
    [{ warn: 1, block: 1 }, 1, 1],
  ])('reaches the threshold at %j', (from, score, to) => {
    expect(aligned(score, from, BUNDLE)).toBe(to);
  });
});
