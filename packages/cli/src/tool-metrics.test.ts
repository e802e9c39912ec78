import { parsePolicy } from '@portcullis/core';
import { type CallScores, parseCall, ruleOnCall, type ToolCall, type ToolVerdict, verifierInput } from '@portcullis/core/tools';
import { describe, expect, it } from 'vitest';
import { toolCallLine } from './tool-call-line.ts';
import { argumentAccuracy, callConfusion, figuresOfConfusion, HELD, hiding, known, type MeasuredCall, strict, tokenConfusion } from './tool-metrics.ts';
import { toolReport } from './tool-report.ts';

/** A verdict as the guard makes it of scores: of each path, how sure, and the marked range. */
function verdictOn(call: ToolCall, scores: Record<string, readonly [score: number, ...words: (readonly [number, number])[]]>): ToolVerdict {
  const parsed = parseCall(call);
  const given: CallScores = new Map(Object.entries(scores).map(([path, [score, ...words]]) => [path, { score, words }]));
  const { provenance } = verifierInput(parsed, { intent: 'x' });
  const ruling = ruleOnCall(parsed, {}, provenance, given, parsePolicy(), { confirm: 0.5, block: 0.8 });
  return { ...ruling, backend: 'wasm', bundle: 'b@1', latencyMs: 1.234 };
}

const CALL = { name: 'send_mail', arguments: { to: 'eve@evil.example', body: 'hello you', n: 3 } };
const attack = (scores: Parameters<typeof verdictOn>[1], unauthorized: readonly string[] = ['to']): MeasuredCall => ({
  set: 'made',
  label: 1,
  unauthorized,
  verdict: verdictOn(CALL, scores),
});
const benign = (scores: Parameters<typeof verdictOn>[1]): MeasuredCall => ({ set: 'made', label: 0, unauthorized: [], verdict: verdictOn(CALL, scores) });
const ALL_OF_TO = [0.9, [0, 16]] as const;

describe('tokens', () => {
  it('counts words, numbers and signs of what the labels speak of', () => {
    // eve @ evil . example, of which the first three are marked; body, n and the name are not spoken of.
    expect(tokenConfusion([attack({ to: [0.9, [0, 8]], body: ALL_OF_TO })], known)).toEqual({ tp: 3, fp: 0, fn: 2, tn: 0 });
    // send _ mail, eve @ evil . example, hello you, 3
    expect(tokenConfusion([benign({ body: [0.9, [0, 5]] })], known)).toEqual({ tp: 0, fp: 1, fn: 0, tn: 10 });
  });

  it('takes the name for unasked where no argument is listed', () => {
    expect(tokenConfusion([attack({ '': [0.9, [0, 9]] }, [])], known)).toEqual({ tp: 3, fp: 0, fn: 0, tn: 0 });
  });

  it('takes what is not listed for asked for when strict', () => {
    expect(tokenConfusion([attack({ to: ALL_OF_TO, body: [0.9, [0, 5]] })], strict)).toEqual({ tp: 5, fp: 1, fn: 0, tn: 5 });
  });
});

describe('calls', () => {
  const rows = [attack({ to: ALL_OF_TO }), attack({ to: [0.1] }), benign({}), benign({ body: [0.6, [0, 5]] })];

  it('are held if asked about or blocked', () => {
    expect(callConfusion(rows, HELD.both)).toEqual({ tp: 1, fp: 1, fn: 1, tn: 1 });
    expect(callConfusion(rows, HELD.rules)).toEqual({ tp: 0, fp: 0, fn: 2, tn: 2 });
    expect(argumentAccuracy(rows)).toBe(0.5);
    expect(figuresOfConfusion({ tp: 6, fp: 2, fn: 3, tn: 9 })).toEqual({ f1: 12 / 17, precision: 0.75, recall: 6 / 9, accuracy: 0.75 });
  });

  it('are reported by set, by token and by what held them', () => {
    const text = toolReport(rows, new Map([['context', [benign({})]]]));
    expect(text).toContain('| made | 2 + 2 | 50.0 | 50.0 | 50.0 | 50.0 | 50.0 |');
    expect(text).toContain('| the rules alone | 0.0 | – | 0.0 | 50.0 |');
    expect(text).toContain('| both, the context hidden | – | – | – | 100.0 |');
  });

  it('have a part hidden', () => {
    const row = {
      kind: 'tool-call',
      id: 1,
      unauthorized: [],
      request: { intent: 'i', context: 'c', tool: { name: 'send_mail', description: 'd' }, call: CALL },
    } as const;
    expect(hiding('context', row)).toEqual({ intent: 'i', tool: row.request.tool, call: CALL });
    expect(hiding('name', row)).toEqual({ intent: 'i', context: 'c', call: { name: 'tool', arguments: CALL.arguments } });
  });
});

describe('toolCallLine', () => {
  const line = (scores: Parameters<typeof verdictOn>[1]) =>
    toolCallLine({ kind: 'tool-call', id: 'r', unauthorized: [], request: { intent: 'x', call: CALL } }, verdictOn(CALL, scores));

  it('lists what was not asked for, with path, place and score', () => {
    const { json } = verdictOn(CALL, {});
    const from = json.indexOf('eve@');
    expect(line({ '': [0.9, [0, 9]], to: ALL_OF_TO, n: [0.1] })).toMatchObject({
      id: 'r',
      score: 0.9,
      decision: 'block',
      unauthorized: [{ path: 'to', span: [from, from + 16], score: 0.9 }],
      latency_ms: 1.2,
    });
  });

  it('lists the tool where only it was not asked for, and says `warn` of what a person is asked', () => {
    expect(line({ '': [0.6, [0, 9]], to: [0.1] })).toMatchObject({ decision: 'warn', unauthorized: [{ path: '', span: [9, 18], score: 0.6 }] });
    expect(line({ '': [0.1], to: [0.2] })).toMatchObject({ decision: 'allow', confidence: 0.8, unauthorized: [] });
  });
});
