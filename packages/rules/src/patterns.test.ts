import { readdirSync, readFileSync } from 'node:fs';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { readPack } from './read-pack.ts';

// The pure-JavaScript build: the others start Java or a native program, which a machine may lack.
process.env['RECHECK_BACKEND'] = 'pure';

const folder = new URL('../packs/', import.meta.url);
const rules = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readPack(readFileSync(new URL(name, folder), 'utf8'), name).rules);

describe('patterns take linear time', () => {
  it.each(
    rules.flatMap((rule) => [...rule.patterns, ...(rule.also ?? [])].map((pattern, index) => [rule.id, index, pattern, rule.cased ? 'gu' : 'giu'] as const)),
  )(
    '%s, pattern %i',
    async (_id, _index, pattern, flags) => {
      // The automaton proves; recheck's other checker, the fuzzer, only fails to find an attack.
      const verdict = await check(pattern, flags, { checker: 'automaton', timeout: 20_000 });
      expect(verdict.status).toBe('safe');
    },
    30_000,
  );
});
