import { describe, expect, it } from 'vitest';
import { PortcullisError } from '../../../core/src/index.ts';
import { readPack, withoutExamples } from './read-pack.ts';

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
    readPack(source, '/some/where/packs/bad.yaml');
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

describe('readPack', () => {
  it('reads a pack and fills the defaults', () => {
    expect(readPack(GOOD, 'good.yaml').rules[0]).toMatchObject({ id: 'pi-test-001', nist: [], euAiAct: [] });
  });

  it.each([
    ['broken YAML', GOOD.replace('[a word, the word]', '[a word'), /^bad\.yaml:1[45]: yaml: /],
    ['a wrong severity', GOOD.replace('severity: low', 'severity: grave'), /^bad\.yaml:6: rules\.0\.severity: /],
    ['a wrong id', GOOD.replace('pi-test-001', 'test'), /^bad\.yaml:4: rules\.0\.id: must look like/],
    ['an item of a list', GOOD.replace('[a word, the word]', '[a word, ""]'), /^bad\.yaml:13: rules\.0\.positive\.1: /],
    ['an unknown field', `${GOOD}    colour: red\n`, /^bad\.yaml:15: rules\.0\.colour: /],
    ['a missing field, at its rule', GOOD.replace('    title: A rule for tests\n', ''), /^bad\.yaml:4: rules\.0\.title: /],
    ['a bad pattern', GOOD.replace("'other'", "'other('"), /^bad\.yaml:12: rules\.0\.patterns\.1: pi-test-001: other\(/],
    ['an empty file', '', /^bad\.yaml:1: /],
  ])('names file and line of %s', (_name, source, message) => {
    const error = errorOf(source);
    expect(error.code).toBe('rule-invalid');
    expect(error.message).toMatch(message);
  });

  it('names the second use of an id', () => {
    const rule = GOOD.slice(GOOD.indexOf('  - id'));
    expect(errorOf(GOOD + rule).message).toMatch(/^bad\.yaml:15: rules\.1\.id: pi-test-001: the id is taken twice/);
  });
});

describe('withoutExamples', () => {
  it('drops the examples and nothing else', () => {
    const [rule] = withoutExamples(readPack(GOOD, 'good.yaml')).rules;
    expect(Object.keys(rule ?? {}).sort()).toEqual(['anchors', 'atlas', 'euAiAct', 'id', 'nist', 'owasp', 'patterns', 'severity', 'title']);
  });
});
