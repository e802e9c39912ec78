import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '../verdict.ts';
import { type Evidence, farAbove, ruling, rulingDegraded } from './decide.ts';
import { policyFor } from './in-force.ts';
import { parsePolicy } from './parse.ts';

const finding = (severity: Severity): Finding => ({ rule: 'pi-test-001', title: 'A rule', severity, span: [0, 1], excerpt: 'x', owasp: [], atlas: [] });
const bundle = { block: 0.8, warn: 0.5 };

describe('ruling', () => {
  const about = { reason: 'prevents', span: [0, 3] } as const;
  const rule = (evidence: Partial<Evidence>, input: unknown = {}, origin = {}) =>
    ruling({ score: 0, findings: [], ...evidence }, policyFor(parsePolicy(input), origin), bundle);

  it.each([
    [{ score: 0.79 }, {}, 'warn', { kind: 'score', score: 0.79, field: 'bundle.thresholds.warn', limit: 0.5 }],
    [{ score: 0.8 }, {}, 'block', { kind: 'score', score: 0.8, field: 'bundle.thresholds.block', limit: 0.8 }],
    [{ score: 0.3 }, { block: 0.3 }, 'block', { kind: 'score', score: 0.3, field: 'policy.block', limit: 0.3 }],
    [{ score: 0.2 }, { mode: 'benchmark' }, 'block', { kind: 'score', score: 0.2, field: 'policy.mode', limit: 0.15 }],
    [{ findings: [finding('high')] }, {}, 'block', { kind: 'rule', rule: 'pi-test-001', severity: 'high', field: 'policy.blockSeverity', limit: 'high' }],
    [
      { findings: [finding('medium')] },
      { preset: 'strict' },
      'warn',
      { kind: 'rule', rule: 'pi-test-001', severity: 'medium', field: 'policy.warnSeverity', limit: 'medium' },
    ],
    [{ score: 0.85, about }, {}, 'warn', { kind: 'benign', score: 0.85, field: 'bundle.thresholds.block', limit: farAbove(0.8), note: about }],
    [{ score: 0.1 }, {}, 'allow', { kind: 'none' }],
    [{ score: 0.99, allowed: 'policy.allow.phrases.0' }, {}, 'allow', { kind: 'allowed', field: 'policy.allow.phrases.0' }],
    [{ score: null }, {}, 'allow', { kind: 'none' }],
  ] as const)('of %j under %j is %s, and says why', (evidence, input, decision, decidedBy) => {
    expect(rule(evidence, input)).toEqual({ decision, decidedBy });
  });

  it('softens neither a score far above the threshold nor a rule', () => {
    expect(rule({ score: 0.9, about })).toMatchObject({ decision: 'block', decidedBy: { kind: 'score' } });
    expect(rule({ score: 0.85, about, findings: [finding('high')] })).toMatchObject({ decision: 'block', decidedBy: { kind: 'rule' } });
  });

  it('never lets a benign reading make an allow of a block', () => {
    for (let score = 0.8; score <= 1; score += 0.01) expect(rule({ score, about }).decision).not.toBe('allow');
  });

  it('names the role or the source that set the value', () => {
    const input = { roles: { tool: { block: 0.3 }, system: { off: true } }, sources: [{ match: 'tool:web_*', block: 0.2 }] };
    expect(rule({ score: 0.25 }, input, { role: 'tool' }).decision).toBe('allow');
    expect(rule({ score: 0.3 }, input, { role: 'tool' }).decidedBy).toMatchObject({ field: 'policy.roles.tool.block', limit: 0.3 });
    expect(rule({ score: 0.25 }, input, { role: 'tool', source: 'tool:web_search' }).decidedBy).toMatchObject({ field: 'policy.sources.0.block', limit: 0.2 });
    expect(rule({ score: 1 }, input, { role: 'system' })).toEqual({ decision: 'allow', decidedBy: { kind: 'off', field: 'policy.roles.system.off' } });
  });

  it.each([
    [0, 'allow'],
    [0.4999, 'allow'],
    [0.5, 'warn'],
    [0.7999, 'warn'],
    [0.8, 'block'],
    [1, 'block'],
  ] as const)('of a score of %d alone is %s', (score, decision) => {
    expect(rule({ score }).decision).toBe(decision);
  });

  it.each([
    ['low', 'allow'],
    ['medium', 'allow'],
    ['high', 'block'],
    ['critical', 'block'],
  ] as const)('of a %s rule beside a low score is %s', (severity, decision) => {
    expect(rule({ score: 0.1, findings: [finding(severity)] }).decision).toBe(decision);
  });

  it('lets no rule block by itself under `never`, and takes no signal for a rule', () => {
    expect(rule({ findings: [finding('critical')] }, { blockSeverity: 'never' }).decision).toBe('allow');
    expect(rule({ findings: [{ signal: 'anomaly', title: 'Odd', score: 1, span: [0, 1] }] }).decision).toBe('allow');
  });
});

describe('rulingDegraded', () => {
  const partial = { decision: 'warn', decidedBy: { kind: 'score', score: 0.6, field: 'policy.warn', limit: 0.5 } } as const;

  it('says that the policy failed closed, or keeps what was found', () => {
    expect(rulingDegraded(partial, parsePolicy())).toEqual({ decision: 'block', decidedBy: { kind: 'fail', field: 'policy.fail', limit: 'closed' } });
    expect(rulingDegraded(partial, parsePolicy({ fail: 'open' }))).toBe(partial);
  });

  it.each([
    ['what is not scanned', { decision: 'allow', decidedBy: { kind: 'off', field: 'policy.roles.system.off' } }],
    ['what the allow-list vouches for', { decision: 'allow', decidedBy: { kind: 'allowed', field: 'policy.allow.phrases.0' } }],
    ['a block', { decision: 'block', decidedBy: { kind: 'score', score: 0.9, field: 'policy.block', limit: 0.8 } }],
  ] as const)('leaves %s alone', (_what, known) => {
    expect(rulingDegraded(known, parsePolicy())).toBe(known);
  });
});
