import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../policy/parse.ts';
import { type CallScores, ruleOnCall } from './check-call.ts';
import { parseCall } from './parse-call.ts';
import type { ToolCallRequest, ToolDefinition } from './tool-call.ts';
import { verifierInput } from './verifier-input.ts';

const PAY: ToolDefinition = {
  name: 'pay',
  parameters: {
    type: 'object',
    properties: { to: { type: 'string', pattern: '(a+)+$' }, amount: { type: 'number' } },
    required: ['to'],
    additionalProperties: false,
  },
};
const CONTEXT = 'Invoice. Pay 12 to CH93.';

function ruled(
  call: ToolCallRequest['call'],
  { policy = {}, scores = {}, tool }: { policy?: object; scores?: Record<string, number>; tool?: ToolDefinition } = {},
) {
  const parsed = parseCall(call);
  const request = { intent: 'Pay the invoice.', context: CONTEXT, ...(tool && { tool }) };
  const given: CallScores = new Map(Object.entries(scores).map(([path, score]) => [path, { score, words: [[0, 2]] }]));
  return ruleOnCall(parsed, request, verifierInput(parsed, request).provenance, given, parsePolicy(policy), { confirm: 0.5, block: 0.8 });
}
const CALL = { name: 'pay', arguments: { to: 'CH93', amount: 12 } };

describe('ruleOnCall', () => {
  it('allows what nothing speaks against', () => {
    expect(ruled(CALL, { scores: { '': 0.1, to: 0.2, amount: 0.1 } })).toMatchObject({ decision: 'allow', score: 0.2, findings: [] });
  });

  it('asks about what was hardly asked for, and marks the words', () => {
    const { decision, json, arguments: checked, reason, findings } = ruled(CALL, { scores: { '': 0.1, to: 0.7, amount: 0.1 } });
    expect(decision).toBe('confirm');
    expect(checked[0]?.words.map((span) => json.slice(...span))).toEqual(['CH']);
    expect(checked[1]?.words).toEqual([]);
    expect(reason).toBe('Asked first: to: you did not ask for “CH93”; it comes from what was read.');
    expect(findings).toHaveLength(1);
  });

  it('blocks what was surely not asked for, unless the policy has a person decide', () => {
    expect(ruled(CALL, { scores: { to: 0.9 } })).toMatchObject({ decision: 'block', reason: expect.stringMatching(/^Not called: to: /) });
    expect(ruled(CALL, { scores: { to: 0.9 }, policy: { tools: { unasked: 'confirm' } } }).decision).toBe('confirm');
  });

  it('takes thresholds of the policy before those of the bundle, in their order', () => {
    const at = (tools: object) => ruled(CALL, { scores: { to: 0.6 }, policy: { tools } }).decision;
    expect([{}, { confirm: 0.65 }, { block: 0.55 }, { confirm: 0.6, block: 0.6 }, { confirm: 0.9 }].map(at)).toEqual([
      'confirm',
      'allow',
      'block',
      'block',
      'allow',
    ]);
    expect(() => parsePolicy({ tools: { confirm: 0.9, block: 0.5 } })).toThrow(expect.objectContaining({ code: 'policy-invalid' }));
  });

  it('blocks keys that two readers take differently, whatever the verifier says', () => {
    expect(ruled('{"name":"pay","arguments":{"to":"CH93","to":"DE11"}}', { scores: { to: 0 } })).toMatchObject({
      decision: 'block',
      findings: [{ kind: 'duplicate-key', path: 'to' }],
    });
  });

  it.each([
    [{ amount: 12 }, '', /required/],
    [{ to: 'CH93', amount: 'twelve' }, 'amount', /number/],
    [{ to: 'CH93', memo: 'x' }, 'memo', /no such/],
  ])('tells arguments that break the schema, and asks about them if the policy says so: %j', (given, path, message) => {
    const call = { name: 'pay', arguments: given };
    expect(ruled(call, { tool: PAY }).decision).toBe('allow');
    const { decision, findings } = ruled(call, { tool: PAY, policy: { tools: { schema: 'confirm' } } });
    expect(decision).toBe('confirm');
    expect(findings[0]).toMatchObject({ kind: 'schema', path, title: expect.stringMatching(message) });
  });

  it('runs no regular expression of a schema, and notes a schema that is none', () => {
    expect(ruled({ name: 'pay', arguments: { to: `${'a'.repeat(50)}!`, amount: 1 } }, { tool: PAY }).decision).toBe('allow');
    for (const parameters of [
      { type: 'dict' },
      { to: 'who gets it' },
      { type: 'object', properties: { to: { $ref: '#/nowhere' } } },
      JSON.parse(`${'{"type":"object","properties":{"to":'.repeat(40)}{}${'}}'.repeat(40)}`),
    ]) {
      const { decision, findings } = ruled(CALL, { tool: { name: 'pay', parameters } });
      expect(decision).toBe('allow');
      expect(findings).toMatchObject([{ kind: 'schema', decision: 'allow' }]);
    }
  });

  it('gives tools the level that the policy names', () => {
    const level = (name: string) => ruled(CALL, { policy: { tools: { rules: [{ match: 'p*', level: name }] } } });
    expect(level('never')).toMatchObject({ decision: 'block', findings: [{ kind: 'level' }] });
    expect(level('always')).toMatchObject({ decision: 'confirm', findings: [{ kind: 'level' }] });
    expect(level('tainted')).toMatchObject({
      decision: 'confirm',
      findings: [
        { kind: 'tainted', path: 'to' },
        { kind: 'tainted', path: 'amount' },
      ],
    });
    expect(level('unasked').decision).toBe('allow');
  });

  it('lets known values pass and asks about all others', () => {
    const policy = {
      tools: {
        rules: [
          {
            match: 'pay',
            values: [
              { path: 'to', allow: ['ch*'] },
              { path: 'amount', allow: ['12'] },
            ],
          },
        ],
      },
    };
    expect(ruled(CALL, { policy, scores: { '': 0.9, to: 0.9, amount: 0.9 } })).toMatchObject({ decision: 'allow', findings: [] });
    expect(ruled({ name: 'pay', arguments: { to: 'DE11' } }, { policy, scores: { to: 0 } })).toMatchObject({
      decision: 'confirm',
      findings: [{ kind: 'not-listed', path: 'to' }],
    });
  });

  it('does not take a known recipient for leave to call the tool', () => {
    const policy = { tools: { rules: [{ match: 'pay', values: [{ path: 'to', allow: ['CH93'] }] }] } };
    expect(ruled(CALL, { policy, scores: { '': 0.9, to: 0.9, amount: 0.1 } })).toMatchObject({
      decision: 'block',
      findings: [{ kind: 'unasked', path: '' }],
    });
  });
});
