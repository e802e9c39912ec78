import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { normalise } from '../text/normalise.ts';
import { codeRanges } from './code-ranges.ts';
import { compileRules } from './compile.ts';
import { matchRules } from './match.ts';
import type { ShippedRule } from './rule.ts';

// Counted, and otherwise as it is.
vi.mock(import('./code-ranges.ts'), async (original) => {
  const actual = await original();
  return { ...actual, codeRanges: vi.fn(actual.codeRanges) };
});

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

  it('leaves the end of the sentence before out of what it found, and what a mark begins in', () => {
    const found = matchRules(
      compile(rule({ patterns: ['(?:^|[.!?]\\s)ignore it', '!\\[ignore\\]'] })),
      'Well… stop! Ignore it, and ![ignore] too. “Ignore it” not.',
    );
    expect(found.map(({ excerpt }) => excerpt)).toEqual(['Ignore it', '![ignore]']);
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

  it('reads the texts of the roles a rule names, and a person is the one who speaks', () => {
    const rules = compile(rule({ roles: ['assistant'] }));
    expect(matchRules(rules, 'ignore')).toEqual([]);
    expect(matchRules(rules, 'ignore', undefined, 'assistant')).toHaveLength(1);
  });

  it('asks for all patterns of `also`, wherever they stand', () => {
    const rules = compile(rule({ also: ['\\bnow\\b', '\\bhere\\b'] }));
    expect(matchRules(rules, 'now ignore')).toEqual([]);
    expect(matchRules(rules, 'here and now, ignore').map((one) => one.excerpt)).toEqual(['ignore']);
  });

  it('drops a match that does not pass the check', () => {
    const rules = compile(rule({ anchors: ['4'], patterns: ['\\d{16}'], check: 'luhn' }));
    expect(matchRules(rules, '4111111111111111 4111111111111112').map((one) => one.span)).toEqual([[0, 16]]);
  });
});

describe('matchRules over variants', () => {
  const text = 'say aWdub3Jl and ignore';
  const plain = { ...normalise(text), provenance: ['normalised'] };
  // Every character of the decoded word comes from the whole run of Base64.
  const decoded = {
    text: 'say ignore and ignore',
    offsets: Uint32Array.from([0, 1, 2, 3, ...Array(6).fill(4), ...[...Array(12).keys()].map((at) => at + 12)]),
    provenance: ['base64'],
  };

  it('says how a finding was unwrapped, and shows what stands in the text', () => {
    const found = matchRules(compile(rule({})), text, [plain, decoded]);
    expect(found.map(({ excerpt, provenance, matched }) => ({ excerpt, provenance, matched }))).toEqual([
      { excerpt: 'aWdub3Jl', provenance: ['base64'], matched: 'ignore' },
      { excerpt: 'ignore', provenance: undefined, matched: undefined },
    ]);
  });

  it('reports one place once', () => {
    const rules = compile(rule({}));
    expect(matchRules(rules, text, [plain, plain, { ...plain, provenance: ['joined'] }])).toEqual(matchRules(rules, text, [plain]));
  });

  it('gives no more findings for many variants than for one', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ ...normalise('ignore '.repeat(9)), provenance: [`step ${index}`] }));
    expect(matchRules(compile(rule({})), 'ignore '.repeat(9), many)).toHaveLength(5);
  });

  it('finds nothing in no variant', () => {
    expect(matchRules(compile(rule({})), text, [])).toEqual([]);
  });
});

describe('matchRules with what only rules for answers have', () => {
  const found = (over: Partial<ShippedRule>, text: string) => matchRules(compile(rule(over)), text).map((one) => text.slice(...one.span));

  it('tells capitals from small letters where a rule does', () => {
    expect(found({ cased: true, patterns: ['\\bIGNORE\\b'] }, 'ignore IGNORE')).toEqual(['IGNORE']);
  });

  it('tests and points at the group `value`', () => {
    const over: Partial<ShippedRule> = { anchors: ['key'], patterns: ['key=(?<value>\\w{4,40})'], check: 'password' };
    expect(found(over, 'key=kx91 key=aaaa key=xyz9')).toEqual(['kx91', 'xyz9']);
  });

  it('passes over code where a rule is of what Markdown renders', () => {
    expect(found({ rendered: true }, 'a `ignore` b\n```\nignore\n```\nignore')).toEqual(['ignore']);
  });

  it('looks for code once a reading, and only where a match asks for it', () => {
    const counted = vi.mocked(codeRanges);
    const rules = compile(...[1, 2, 3].map((nth) => rule({ id: `pi-test-00${nth}`, rendered: true })), rule({ id: 'pi-test-004' }));
    counted.mockClear();
    expect(matchRules(rules, '`ignore` '.repeat(50))).toHaveLength(5);
    expect(counted).toHaveBeenCalledTimes(1);
    matchRules(rules, 'nothing');
    matchRules(compile(rule({})), 'ignore');
    expect(counted).toHaveBeenCalledTimes(1);
  });
});
