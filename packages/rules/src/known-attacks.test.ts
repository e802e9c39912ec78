import { compileRules, matchRules } from '@portcullis/core';
import { describe, expect, it } from 'vitest';
import { knownAttacks } from './known-attacks.ts';
import { promptPacks } from './prompt-packs.ts';

describe('knownAttacks', () => {
  it('has texts that rules of high severity find, each once', () => {
    const rules = compileRules(promptPacks);
    expect(knownAttacks.length).toBeGreaterThan(100);
    expect(new Set(knownAttacks).size).toBe(knownAttacks.length);
    const unfound = knownAttacks.filter(
      (text) =>
        !(['user', 'tool', 'document'] as const).some((role) =>
          matchRules(rules, text, undefined, role).some(({ severity }) => /high|critical/.test(severity)),
        ),
    );
    expect(unfound).toEqual([]);
  });
});
