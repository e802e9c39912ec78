import { readdirSync, readFileSync } from 'node:fs';
import { compileRules, matchRules } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { defaultPacks } from './index.ts';
import { readPack } from './read-pack.ts';

const folder = new URL('../packs/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const packs = files.map((name) => readPack(readFileSync(new URL(name, folder), 'utf8'), name));
const all = compileRules(packs);

describe.each(packs.flatMap((pack) => pack.rules))('$id', (rule) => {
  const alone = compileRules([{ family: 'one', description: '', rules: [rule] }]);

  it.each(rule.positive)('matches: %s', (text) => {
    expect(matchRules(alone, text, undefined, rule.roles[0])).not.toEqual([]);
  });

  it.each(rule.negative)('lets pass: %s', (text) => {
    expect(matchRules(alone, text, undefined, rule.roles[0])).toEqual([]);
    expect(matchRules(all, text, undefined, rule.roles[0]).filter(({ severity }) => severity === 'high' || severity === 'critical')).toEqual([]);
  });

  it.each(rule.patterns.map((pattern, index) => [index, pattern] as const))('shows an example of pattern %i', (_index, pattern) => {
    const single = compileRules([{ family: 'one', description: '', rules: [{ ...rule, patterns: [pattern] }] }]);
    expect(rule.positive.some((text) => matchRules(single, text, undefined, rule.roles[0]).length > 0)).toBe(true);
  });

  it('is written in the form that the text is folded to', () => {
    const written = [...rule.patterns, ...(rule.also ?? []), ...rule.anchors];
    expect(written.map((part) => part.normalize('NFKC'))).toEqual(written);
    expect(rule.anchors.map((anchor) => anchor.toLowerCase())).toEqual(rule.anchors);
  });
});

describe('defaultPacks', () => {
  it('ships every family', () => {
    expect(defaultPacks.map((pack) => pack.family).sort()).toEqual(files.map((name) => name.replace('.yaml', '')).sort());
  });

  it('ships no example', () => {
    const shipped = JSON.stringify(defaultPacks);
    for (const example of packs.flatMap((pack) => pack.rules.flatMap((rule) => [...rule.positive, ...rule.negative]))) expect(shipped).not.toContain(example);
  });

  it('keeps the rules for answers away from questions', () => {
    for (const pack of defaultPacks.filter(({ family }) => family.startsWith('output-')))
      for (const rule of pack.rules) expect(rule.roles).toEqual(['assistant']);
  });

  it('maps every rule: the 2026 id first, its 2025 alias after', () => {
    for (const { owasp, nist, euAiAct } of defaultPacks.flatMap((pack) => pack.rules)) {
      expect(owasp.map((one) => one.slice(-4))).toEqual(owasp.map((_one, index) => (index % 2 === 0 ? '2026' : '2025')));
      expect(nist).not.toEqual([]);
      expect(euAiAct).not.toEqual([]);
    }
  });

  it('has ids of one kind a family, each used once', () => {
    for (const pack of defaultPacks) expect(new Set(pack.rules.map((rule) => rule.id.slice(0, 2))).size).toBe(1);
    expect(() => compileRules(defaultPacks)).not.toThrow();
  });
});
