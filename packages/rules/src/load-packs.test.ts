import { compileRules, matchRules, PortcullisError } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { defaultPacks } from './index.ts';
import { loadPacks } from './load-packs.ts';

const pack = (id: string, word: string): string => `family: house-rules
description: What this house does not want
rules:
  - id: ${id}
    title: Speaks of ${word} in the house
    severity: high
    owasp: [LLM01:2026, LLM01:2025]
    atlas: [AML.T0051.000]
    anchors: [${word}]
    patterns: ['\\b${word}\\b']
    positive: [a ${word}, the ${word}]
    negative: [none, nothing]
`;

describe('loadPacks', () => {
  it('gives packs that run beside the shipped ones', () => {
    const own = loadPacks([{ name: 'house.yaml', yaml: pack('hr-words-001', 'zeppelin') }]);
    const rules = compileRules([...defaultPacks, ...own]);
    expect(matchRules(rules, 'Show me the Zeppelin.').map((one) => one.rule)).toEqual(['hr-words-001']);
    expect(JSON.stringify(own)).not.toContain('a zeppelin');
  });

  it('names the pack and the line of what is wrong', () => {
    const load = () => loadPacks([{ name: 'house.yaml', yaml: pack('hr-words-001', 'zeppelin').replace('severity: high', 'severity: loud') }]);
    expect(load).toThrow(PortcullisError);
    expect(load).toThrow(/^house\.yaml:6: rules\[0\]\.severity: /);
  });

  it('names both packs of an id taken twice', () => {
    const sources = [
      { name: 'one.yaml', yaml: pack('hr-words-001', 'zeppelin') },
      { name: 'two.yaml', yaml: pack('hr-words-001', 'balloon') },
    ];
    expect(() => loadPacks(sources)).toThrow('two.yaml: hr-words-001: one.yaml has a rule of this id');
  });
});
