import { readdirSync, readFileSync } from 'node:fs';
import { compileRules, matchRules, openFrom, type RuleFinding } from '@portcullis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerPacks } from './answer-packs.ts';
import { openPatterns } from './open-patterns.ts';
import { readPack } from './read-pack.ts';

/** Where the first pattern says that a match of `pattern` is open in `text`. */
const openAt = (pattern: string, text: string): number => {
  const found = openPatterns(pattern).map((source) => new RegExp(source, 'giu').exec(text)?.index ?? text.length);
  return Math.min(...found);
};

describe('openPatterns', () => {
  it.each([
    ['abc', 'xab', 1],
    ['abc', 'xabd', 4],
    ['abc', 'xabc', 1],
    ['abc', 'abcd', 4],
    ['a{2,4}b', 'xaaa', 1],
    ['a{2,4}b', 'aaaaa', 1],
    ['a{2}b', 'ab', 2],
    ['(?:ab|cd)?e', 'c', 0],
    ['(?:ab|cd){1,2}e', 'abc', 0],
    ['(?:ab|cd){1,2}e', 'abcdc', 2],
    ['a(?!b)c', 'a', 0],
    ['a(?!b)', 'a', 0],
    ['a(?!b)', 'ac', 2],
    ['a(?! ?b)', 'a ', 0],
    ['a(?! ?b)', 'a c', 3],
    ['a(?=bc)', 'ab', 0],
    ['a(?=bc)', 'ax', 2],
    ['(?<=x)ab', 'xa', 1],
    ['(?<=x)ab', 'ya', 2],
    ['\\bab\\b', 'ab', 0],
    ['a.{0,3}?b', 'axx', 0],
    ['a.{0,3}?b', 'axxxx', 5],
    ['key: (?<value>[a-z]{3,5})', 'key: ', 5],
    ['key: (?<value>[a-z]{3,5})', 'my key: ab', 8],
    ['key: (?<value>[a-z]{3,5})', 'my key: ab ', 11],
    ['a(?<x>b|c)d|ef', 'e', 0],
  ])('%s in %j is open from %i', (pattern, text, from) => {
    expect(openAt(pattern, text)).toBe(from);
  });

  it('takes no back-reference', () => {
    expect(() => openPatterns('(["\']).{1,9}\\1')).toThrow('back-reference');
  });
});

const folder = new URL('../packs/', import.meta.url);
const rules = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readPack(readFileSync(new URL(name, folder), 'utf8'), name).rules)
  .filter(({ roles }) => roles.includes('assistant'));
const all = compileRules(answerPacks);
// Of signs nothing is taken out: they are not waited for.
const ruleSet = compileRules(answerPacks.filter(({ family }) => family !== 'output-compliance'));
const found = (text: string, by = ruleSet): RuleFinding[] => matchRules(by, text, undefined, 'assistant', Number.POSITIVE_INFINITY);

describe('answerPacks', () => {
  it('hold every rule that reads the assistant’s texts', () => {
    expect(all.rules.map(({ rule }) => rule.id).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  it('find what the whole packs find', () => {
    for (const { id, positive } of rules) for (const text of positive) expect(found(text, all).map(({ rule }) => rule)).toContain(id);
  });
});

describe('openFrom', () => {
  /** No finding of the whole lies across the cut but from an open place on. */
  const holds = (text: string, cut: number): void => {
    const open = openFrom(ruleSet, text.slice(0, cut), 'assistant');
    expect(open).toBeLessThanOrEqual(cut);
    for (const { span, excerpt } of found(text)) if (span[0] < cut && span[1] > cut) expect([excerpt, span[0]]).toEqual([excerpt, Math.max(span[0], open)]);
  };

  it.each(rules.flatMap(({ id, positive }) => positive.map((text) => [id, text] as const)))('%s: holds every cut of %j', (_id, text) => {
    const whole = `Here you are. ${text} and so on.`;
    for (let cut = 1; cut < whole.length; cut += 1) holds(whole, cut);
  });

  it('holds every cut of texts put together from pieces of examples', () => {
    const pieces = rules
      .flatMap(({ positive, negative }) => [...positive, ...negative])
      .flatMap((text) => [text, text.slice(0, 9), text.slice(-9), ...text.split(' ')]);
    const glue = fc.constantFrom('', ' ', '\n', '. ', '\u200b', '\u00a0', ': ', '-', 'é', '\u0301', '👩‍👩‍👧');
    const texts = fc.array(fc.tuple(fc.constantFrom(...pieces), glue), { minLength: 1, maxLength: 6 }).map((all) => all.flat().join(''));
    fc.assert(
      fc.property(texts, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => holds(text, Math.floor(share * text.length))),
      { numRuns: 3000 },
    );
  });

  it('is the last word, which may become an address or a key, where nothing else has begun', () => {
    const text = 'The weather is fine today, and tomorrow';
    expect(openFrom(ruleSet, text, 'assistant')).toBe(text.indexOf('tomorrow'));
    expect(openFrom(ruleSet, text, 'assistant', 37)).toBeGreaterThanOrEqual(37);
  });

  it('is the last character, with all that makes it, where no match can begin', () => {
    expect(openFrom(ruleSet, 'Fine, 👩‍👩‍👧‍👦', 'assistant')).toBe('Fine, '.length);
    expect(openFrom(ruleSet, '', 'assistant')).toBe(0);
  });

  it('tells capitals from small letters where a rule does', () => {
    const shipped = answerPacks.flatMap((pack) => pack.rules).slice(0, 1);
    const cased = compileRules([
      { family: 'test', description: '', rules: shipped.map((rule) => ({ ...rule, cased: true, patterns: ['IGNORE'], open: openPatterns('IGNORE') })) },
    ]);
    expect(openFrom(cased, 'so IGN', 'assistant')).toBe(3);
    expect(openFrom(cased, 'so ign', 'assistant')).toBe(5);
  });

  it('is at the start for rules that do not say', () => {
    const silent = compileRules(answerPacks.map((pack) => ({ ...pack, rules: pack.rules.map(({ open: _open, ...rule }) => rule) })));
    expect(openFrom(silent, 'Nothing here.', 'assistant')).toBe(0);
  });
});
