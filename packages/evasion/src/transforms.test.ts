import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullWidth } from './character/full-width.ts';
import { compose } from './compose.ts';
import { base64 } from './encoding/base64.ts';
import { randomOf } from './random.ts';
import { ATTACKS, anyString, RUNS, seed } from './testing/texts.ts';
import { TRANSFORMS, transformNamed } from './transforms.ts';

const SEEDS = Array.from({ length: 100 }, (_, index) => index);
const byName = TRANSFORMS.map((transform) => [transform.name, transform] as const);

describe('TRANSFORMS', () => {
  it('has names of one form, each once, found by name', () => {
    const names = TRANSFORMS.map((transform) => transform.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const transform of TRANSFORMS) expect(transformNamed(transform.name)).toBe(transform);
  });

  it('covers every family and names its sources', () => {
    expect(new Set(TRANSFORMS.map((transform) => transform.family))).toEqual(new Set(['character', 'encoding', 'structure', 'wording']));
    for (const { reference } of TRANSFORMS) expect(reference.length).toBeGreaterThan(5);
  });
});

describe('docs/evasion.md', () => {
  it('lists every transform as it is, and no other', () => {
    const text = readFileSync(new URL('../../../docs/evasion.md', import.meta.url), 'utf8');
    const table = text.slice(text.indexOf('## The transforms')).match(/^\| [a-z].*$/gm) ?? [];
    const lines = TRANSFORMS.map(({ name, family, readable, reference, growth }) => {
      const bound = `${growth.times === 1 ? '' : `${growth.times} `}*n*${growth.plus === 0 ? '' : ` + ${growth.plus}`}`;
      return `| ${name} | ${family} | ${readable ? 'yes' : 'no'} | ${reference} | ${bound} |`;
    });
    expect(table.slice(1)).toEqual(lines);
  });
});

describe.each(byName)('%s', (name, transform) => {
  it('changes an ordinary attack, whatever the seed', () => {
    for (const attack of ATTACKS) for (const from of SEEDS) expect(transform.apply(attack, randomOf(from))).not.toBe(attack);
  });

  it('makes the same of the same seed, and something else of some others', () => {
    for (const attack of ATTACKS) {
      const results = SEEDS.map((from) => transform.apply(attack, randomOf(from)));
      expect(SEEDS.map((from) => transform.apply(attack, randomOf(from)))).toEqual(results);
      if (name !== 'full-width') expect(new Set(results).size).toBeGreaterThan(1);
    }
  });

  it('throws on no string, says the same twice and grows no further than it says', () => {
    fc.assert(
      fc.property(anyString, seed, (text, from) => {
        const result = transform.apply(text, randomOf(from));
        expect(transform.apply(text, randomOf(from))).toBe(result);
        expect(result.length).toBeLessThanOrEqual(text.length * transform.growth.times + transform.growth.plus);
      }),
      { numRuns: RUNS },
    );
  });

  it('takes time in line with the length, long runs included', () => {
    for (const unit of ['a', ' ', 'a\u0301', '\uD800']) {
      const before = process.cpuUsage().user;
      transform.apply(unit.repeat(200_000 / unit.length), randomOf(1));
      // Microseconds: a tenth of a second is usual, quadratic time takes half a minute.
      expect(process.cpuUsage().user - before).toBeLessThan(8e6);
    }
  });
});

describe('transformNamed', () => {
  it('composes names joined by a plus', () => {
    const expected = compose(fullWidth, base64);
    expect(transformNamed('full-width+base64')?.name).toBe(expected.name);
    expect(transformNamed('full-width+base64')?.apply(ATTACKS[0], randomOf(3))).toBe(expected.apply(ATTACKS[0], randomOf(3)));
  });

  it.each(['', 'rot14', 'base64+', 'base64+rot14'])('does not know %j', (name) => {
    expect(transformNamed(name)).toBeUndefined();
  });
});
