import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../text/normalise.ts';
import { compileRules } from './compile.ts';
import { matchRules } from './match.ts';
import type { ShippedRule } from './rule.ts';

const rule = (over: Partial<ShippedRule>): ShippedRule => ({
  id: 'pi-test-001',
  title: 'A rule for tests',
  severity: 'low',
  owasp: ['LLM01:2026'],
  atlas: ['AML.T0051.000'],
  nist: [],
  euAiAct: [],
  roles: ['user'],
  anchors: ['ignore'],
  patterns: ['\\bignore\\b'],
  ...over,
});
const compile = (...rules: ShippedRule[]) => compileRules([{ family: 'test', description: '', rules }]);

describe('compileRules', () => {
  it('names the rule of a bad pattern and of an id taken twice', () => {
    expect(() => compile(rule({ patterns: ['('] }))).toThrow(/^pi-test-001: \(: /);
    expect(() => compile(rule({}), rule({}))).toThrow(/pi-test-001: the id is taken twice/);
  });
});

describe('matchRules', () => {
  it('points into the text as given', () => {
    const text = 'so ｉｇ\u200Bnore it';
    const [found] = matchRules(compile(rule({})), text);
    expect(found?.excerpt).toBe('ｉｇ\u200Bnore');
    expect(text.slice(...(found?.span ?? [0, 0]))).toBe(found?.excerpt);
  });

  it('gives excerpts that fold to what was matched, whatever stands around', () => {
    const rules = compile(rule({}));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('ignore', 'IGNORE', 'ｉｇｎｏｒｅ', 'i\u200Bgn\u2066ore'), (around, word) => {
        const found = matchRules(rules, `${around} ${word} ${around}`);
        expect(found.some(({ excerpt }) => normalise(excerpt).text.toLowerCase().trim() === 'ignore')).toBe(true);
      }),
    );
  });

  it('tries no pattern on a text without an anchor', () => {
    expect(matchRules(compile(rule({ anchors: ['absent'] })), 'ignore')).toEqual([]);
  });

  it('gives at most five findings a rule, strongest rule first, then by place', () => {
    const rules = compile(rule({}), rule({ id: 'pi-test-002', severity: 'high', anchors: ['now'], patterns: ['now'] }));
    const found = matchRules(rules, `${'ignore '.repeat(9)}now`);
    expect(found.map((one) => one.rule)).toEqual(['pi-test-002', ...Array.from({ length: 5 }, () => 'pi-test-001')]);
    expect(found.map((one) => one.span[0]).slice(1)).toEqual([0, 7, 14, 21, 28]);
  });

  it('keeps no state between texts', () => {
    const rules = compile(rule({}));
    expect(matchRules(rules, 'ignore')).toEqual(matchRules(rules, 'ignore'));
  });
});
