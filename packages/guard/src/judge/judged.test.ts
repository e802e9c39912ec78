import { parsePolicy, type Verdict } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { isGray, judged } from './judged.ts';

const policy = parsePolicy();
const verdict = (more: Partial<Verdict>): Verdict => ({
  decision: 'warn',
  score: 0.5,
  confidence: 0.5,
  uncertainty: 0.1,
  signals: [],
  findings: [],
  reason: 'x',
  decidedBy: { kind: 'score', score: 0.5, field: 'policy.warn', limit: 0.3 },
  backend: 'wasm',
  latencyMs: 1,
  bundle: 'b',
  ...more,
});
const rule = { kind: 'rule', rule: 'pi-override-001', severity: 'high', field: 'policy.blockSeverity', limit: 'high' } as const;
const benign = { kind: 'benign', score: 0.7, field: 'policy.block', limit: 0.8, note: { reason: 'reports', span: [0, 1] } } as const;
const conversation = { kind: 'conversation', by: 'accumulated', score: 0.7, field: 'policy.block', limit: 0.6 } as const;

describe('isGray', () => {
  it.each<[string, Partial<Verdict>, boolean]>([
    ['a warning', { score: 0.9 }, true],
    ['an allowed score in the zone', { decision: 'allow', score: 0.2, decidedBy: { kind: 'none' } }, true],
    ['a blocked score in the zone', { decision: 'block', score: 0.8 }, true],
    ['voters that disagree', { decision: 'allow', score: 0.01, uncertainty: 0.9, decidedBy: { kind: 'none' } }, true],
    ['a clear text', { decision: 'allow', score: 0.01, decidedBy: { kind: 'none' } }, false],
    ['a clear attack', { decision: 'block', score: 0.99 }, false],
    ['what a rule blocks', { decision: 'block', decidedBy: rule, uncertainty: 1 }, false],
    ['what a conversation blocks', { decision: 'block', decidedBy: conversation }, false],
    ['what a conversation warns of', { decision: 'warn', score: 0.01, decidedBy: conversation }, true],
    ['what nothing scored', { score: null }, false],
    ['what was scored in part', { degraded: { reason: { code: 'input-invalid', message: '' }, missing: [], coverage: 0.5 } }, false],
    ['what is switched off', { decision: 'allow', decidedBy: { kind: 'off', field: 'policy.roles.user.off' } }, false],
    ['what the allow-list lets pass', { decision: 'allow', decidedBy: { kind: 'allowed', field: 'policy.allow.phrases.0' } }, false],
    ['what failed', { decision: 'block', decidedBy: { kind: 'fail', field: 'policy.fail', limit: 'closed' } }, false],
  ])('%s', (_name, more, gray) => {
    expect(isGray(verdict(more), policy, 0.8)).toBe(gray);
  });
});

describe('judged', () => {
  const opinion = (more: Partial<Verdict>, said: 'attack' | 'benign') => judged(verdict(more), { by: 'm', opinion: said, was: 'warn', latencyMs: 1 }, policy);

  it.each<[Partial<Verdict>, 'attack' | 'benign', string]>([
    [{ decision: 'allow', score: 0.2 }, 'attack', 'block'],
    [{ decision: 'warn' }, 'attack', 'block'],
    [{ decision: 'block', score: 0.7 }, 'attack', 'block'],
    [{ decision: 'block', score: 0.7 }, 'benign', 'warn'],
    [{ decision: 'warn' }, 'benign', 'allow'],
    [{ decision: 'allow', score: 0.2 }, 'benign', 'allow'],
    // What a rule, the benign guard, the conversation, or a score beyond the zone said stands.
    [{ decision: 'warn', decidedBy: rule }, 'benign', 'warn'],
    [{ decision: 'block', decidedBy: rule }, 'benign', 'block'],
    [{ decision: 'warn', decidedBy: benign }, 'benign', 'warn'],
    [{ decision: 'warn', decidedBy: conversation }, 'benign', 'warn'],
    [{ decision: 'warn', decidedBy: conversation }, 'attack', 'block'],
    [{ decision: 'block', score: 0.95 }, 'benign', 'block'],
  ])('%j, %s: %s', (more, said, decision) => {
    const result = opinion(more, said);
    expect(result.decision).toBe(decision);
    expect(result.judge).toMatchObject({ by: 'm', opinion: said });
    expect(result.decidedBy?.kind === 'judge').toBe(decision !== more.decision);
  });

  it('leaves all but the note as it was where the judge failed', () => {
    const before = verdict({});
    expect(judged(before, { by: 'm', failed: 'timeout', latencyMs: 1 }, policy)).toEqual({ ...before, judge: { by: 'm', failed: 'timeout', latencyMs: 1 } });
  });
});
