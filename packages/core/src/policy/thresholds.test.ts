import { describe, expect, it } from 'vitest';
import { guards, inGrayZone, policyFor } from './in-force.ts';
import { parsePolicy } from './parse.ts';
import { thresholdsOf } from './thresholds.ts';

const bundle = { block: 0.8, warn: 0.5 };

describe('thresholdsOf', () => {
  it('takes the bundle where the policy is silent', () => {
    expect(thresholdsOf(parsePolicy(), bundle)).toEqual(bundle);
    expect(thresholdsOf(parsePolicy({ block: 0.9 }), bundle)).toEqual({ block: 0.9, warn: 0.5 });
  });

  it('never warns above the block threshold', () => {
    expect(thresholdsOf(parsePolicy({ block: 0.3 }), bundle)).toEqual({ block: 0.3, warn: 0.3 });
  });

  it('blocks from TUP’s strict threshold on in mode `benchmark`, at the latest', () => {
    expect(thresholdsOf(parsePolicy({ mode: 'benchmark' }), bundle)).toEqual({ block: 0.15, warn: 0.15 });
    expect(thresholdsOf(parsePolicy({ mode: 'benchmark' }), { block: 0.1, warn: 0.05 })).toEqual({ block: 0.1, warn: 0.05 });
    expect(thresholdsOf(parsePolicy({ mode: 'benchmark', block: 0.4 }), bundle)).toEqual({ block: 0.4, warn: 0.4 });
  });
});

describe('guards', () => {
  it.each([
    [{}, true],
    [{ mode: 'benchmark' }, false],
    [{ mode: 'benchmark', benignGuard: true }, true],
    [{ preset: 'strict' }, false],
  ])('under %j: %s', (input, expected) => {
    expect(guards(parsePolicy(input))).toBe(expected);
  });

  it('follows the role', () => {
    expect(guards(policyFor(parsePolicy({ roles: { document: { benignGuard: false } } }), { role: 'document' }).policy)).toBe(false);
  });
});

describe('policyFor', () => {
  const policy = parsePolicy({
    roles: { tool: { off: true, warn: 0.2 } },
    sources: [
      { match: 'tool:mail', off: false },
      { match: 'tool:*', block: 0.4 },
    ],
  });

  it('lets the source outrank the role, and the first that matches count', () => {
    expect(policyFor(policy, { role: 'tool' }).off).toBe('policy.roles.tool.off');
    expect(policyFor(policy, { role: 'tool', source: 'tool:mail' })).toMatchObject({ policy: { warn: 0.2 }, paths: { warn: 'policy.roles.tool.warn' } });
    expect(policyFor(policy, { role: 'tool', source: 'tool:mail' }).off).toBeUndefined();
    expect(policyFor(policy, { source: 'tool:web' }).policy.block).toBe(0.4);
    expect(policyFor(policy, { source: 'web' }).policy).toEqual(policy);
  });

  it('takes no name of Object’s own for a role', () => {
    expect(policyFor(policy, { role: 'constructor' as 'user' }).policy).toEqual(policy);
  });
});

describe('inGrayZone', () => {
  it('holds both ends', () => {
    const policy = parsePolicy({ gray: [0.2, 0.6] });
    expect([0.19, 0.2, 0.6, 0.61].map((score) => inGrayZone(score, policy))).toEqual([false, true, true, false]);
  });
});
