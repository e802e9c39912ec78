import { describe, expect, it } from 'vitest';
import { PortcullisError } from '../../core/src/index.ts';
import { attacksIn, forAnswers, readPack, withoutExamples } from './read-pack.ts';

const GOOD = `family: test-family
description: For tests
rules:
  - id: pi-test-001
    title: A rule for tests
    severity: low
    owasp: [LLM01:2026]
    atlas: [AML.T0051.000]
    anchors: [word]
    patterns:
      - '\\bword\\b'
      - 'other'
    positive: [a word, the word]
    negative: [none, nothing]
`;

/** The error that reading gives, or a failure of the test. */
function errorOf(source: string): PortcullisError {
  try {
    readPack(source, 'packs/bad.yaml');
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('readPack', () => {
  it('reads a pack and fills the defaults', () => {
    expect(readPack(GOOD, 'good.yaml').rules[0]).toMatchObject({ id: 'pi-test-001', nist: [], euAiAct: [], roles: ['user', 'tool', 'document'] });
  });

  it.each([
    ['broken YAML', GOOD.replace('[a word, the word]', '[a word'), /^packs\/bad\.yaml:1[45]: yaml: /],
    ['a wrong severity', GOOD.replace('severity: low', 'severity: grave'), /^packs\/bad\.yaml:6: rules\[0\]\.severity: /],
    ['a wrong id', GOOD.replace('pi-test-001', 'test'), /^packs\/bad\.yaml:4: rules\[0\]\.id: must look like/],
    ['an item of a list', GOOD.replace('[a word, the word]', '[a word, ""]'), /^packs\/bad\.yaml:13: rules\[0\]\.positive\[1\]: /],
    ['an unknown field', `${GOOD}    colour: red\n`, /^packs\/bad\.yaml:15: rules\[0\]\.colour: /],
    ['a missing field, at its rule', GOOD.replace('    title: A rule for tests\n', ''), /^packs\/bad\.yaml:4: rules\[0\]\.title: /],
    ['a bad pattern', GOOD.replace("'other'", "'other('"), /^packs\/bad\.yaml:12: rules\[0\]\.patterns\[1\]: pi-test-001: other\(/],
    [
      'a bad pattern of `also`',
      GOOD.replace('    positive:', "    also: ['(ab']\n    positive:"),
      /^packs\/bad\.yaml:13: rules\[0\]\.also\[0\]: pi-test-001: /,
    ],
    [
      'a word that the pack lacks',
      GOOD.replace("'other'", "'{{other}}'"),
      /^packs\/bad\.yaml:12: rules\[0\]\.patterns\[1\]: the pack has no word \{\{other\}\}$/,
    ],
    [
      'a word that holds itself',
      GOOD.replace('rules:', "words:\n  loop: 'a{{loop}}'\nrules:"),
      /^packs\/bad\.yaml:4: words\.loop: the pack has no word \{\{loop\}\} above this one$/,
    ],
    ['a role that nobody has', GOOD.replace('severity: low', 'severity: low\n    roles: [robot]'), /^packs\/bad\.yaml:7: rules\[0\]\.roles\[0\]: /],
    ['an empty file', '', /^packs\/bad\.yaml:1: /],
  ])('names file and line of %s', (_name, source, message) => {
    const error = errorOf(source);
    expect(error.code).toBe('rule-invalid');
    expect(error.message).toMatch(message);
  });

  it('names all that the schema finds wrong, a line each', () => {
    const error = errorOf(GOOD.replace('severity: low', 'severity: grave').replace('pi-test-001', 'test'));
    expect(error.message.split('\n').map((line) => line.split(': ')[0])).toEqual(['packs/bad.yaml:4', 'packs/bad.yaml:6']);
  });

  it('names the line of an alias that unfolds to too much', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefgh'.split('').map((key, index) => `${key}: &${key} [${`*${'abcdefg'[index]}, `.repeat(8)}*${'abcdefg'[index]}]`),
    ];
    expect(errorOf(bomb.join('\n')).message).toMatch(/^packs\/bad\.yaml:1: yaml: /);
  });

  it('puts the words into the patterns', () => {
    const source = GOOD.replace('rules:', "words:\n  one: 'a|b'\n  two: '{{one}}c'\nrules:").replace("'other'", "'x{{two}}{{one}}'");
    expect(readPack(source, 'good.yaml').rules[0]?.patterns[1]).toBe('x(?:(?:a|b)c)(?:a|b)');
  });

  it('names the second use of an id', () => {
    const rule = GOOD.slice(GOOD.indexOf('  - id'));
    expect(errorOf(GOOD + rule).message).toMatch(/^packs\/bad\.yaml:15: rules\[1\]\.id: pi-test-001: the id is taken twice/);
  });
});

describe('withoutExamples', () => {
  it('drops the examples and nothing else', () => {
    const [rule] = withoutExamples(readPack(GOOD, 'good.yaml')).rules;
    expect(Object.keys(rule ?? {}).sort()).toEqual(['anchors', 'atlas', 'euAiAct', 'id', 'nist', 'owasp', 'patterns', 'roles', 'severity', 'title']);
  });
});

describe('attacksIn', () => {
  it('gives the positive examples of rules that alert by themselves', () => {
    expect(attacksIn(readPack(GOOD, 'good.yaml'))).toEqual([]);
    const pack = readPack(GOOD.replace('severity: low', 'severity: high'), 'good.yaml');
    expect(attacksIn(pack)).toEqual(pack.rules.flatMap(({ positive }) => positive));
    expect(attacksIn(pack).length).toBeGreaterThan(0);
  });
});

describe('forAnswers', () => {
  it('keeps the rules for the assistant’s texts, each with what its matches begin with', () => {
    expect(forAnswers(readPack(GOOD, 'good.yaml')).rules).toEqual([]);
    const [rule] = forAnswers(readPack(GOOD.replace('severity: low', 'severity: low\n    roles: [assistant]'), 'good.yaml')).rules;
    expect(rule?.open).toHaveLength(rule?.patterns.length ?? 0);
  });
});
