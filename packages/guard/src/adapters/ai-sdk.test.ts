import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { PolicyInput, Verdict } from '@portcullis/core';
import { generateText, streamText, wrapLanguageModel } from 'ai';
import { convertArrayToReadableStream, convertReadableStreamToArray, MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it } from 'vitest';
import type { Guard } from '../guard.ts';
import { guardOnNode, RULES_ALONE } from '../node/testing/guard-on-node.ts';
import { answerMiddleware, gateParts } from './ai-sdk.ts';

const KEY = 'sk-proj-q7Rk2ZtB9xWm4LpV8nYc3HdF';
/** The rules are real; the models let everything pass. */
const guardWith = (policy: PolicyInput = {}): Promise<Guard> => guardOnNode(policy, RULES_ALONE);
const usage = { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 2, text: 2, reasoning: 0 } };
const finish = { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage } as const;
const parts = (texts: readonly string[]): LanguageModelV4StreamPart[] => [
  { type: 'stream-start', warnings: [] },
  { type: 'raw', rawValue: { text: KEY } },
  { type: 'reasoning-start', id: 'r' },
  { type: 'reasoning-delta', id: 'r', delta: `I know ${KEY}` },
  { type: 'reasoning-end', id: 'r' },
  { type: 'text-start', id: 't' },
  ...texts.map((delta) => ({ type: 'text-delta', id: 't', delta }) as const),
  { type: 'text-end', id: 't' },
  { type: 'tool-call', toolCallId: 'c', toolName: 'f', input: '{}' },
  finish,
];
const model = (texts: readonly string[]) =>
  new MockLanguageModelV4({
    doStream: async () => ({ stream: convertArrayToReadableStream(parts(texts).filter(({ type }) => type !== 'tool-call')) }),
    doGenerate: async () => ({
      content: texts.map((text) => ({ type: 'text', text }) as const),
      finishReason: { unified: 'stop', raw: 'stop' },
      usage,
      warnings: [],
      response: { id: '1', body: { text: KEY } },
    }),
  });
const HALVES = ['The key is ', KEY.slice(0, 9), `${KEY.slice(9)}. It`, ' works.'];

describe('gateParts', () => {
  it('gates texts and reasoning in order, and passes the rest', async () => {
    const out = await convertReadableStreamToArray(convertArrayToReadableStream(parts(HALVES)).pipeThrough(gateParts(await guardWith())));
    const said = (type: string) => out.flatMap((part) => (part.type === type && 'delta' in part ? [part.delta] : [])).join('');
    expect(said('text-delta')).toBe('The key is [REDACTED_KEY_1]. It works.');
    expect(said('reasoning-delta')).toBe('I know [REDACTED_KEY_1]');
    expect(out.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      'stream-start',
      'reasoning-start',
      'reasoning-delta',
      'reasoning-end',
      'text-start',
      'text-delta',
      'text-end',
      'tool-call',
      'finish',
    ]);
    expect(JSON.stringify(out)).not.toContain(KEY);
  });

  it('ends a block that is ended, and the stream', async () => {
    const stopping = await guardWith({ answer: { stop: 'high', redact: 'high' } });
    const stopped: Verdict[] = [];
    const source = convertArrayToReadableStream(parts(HALVES).filter(({ type }) => !type.startsWith('reasoning')));
    const out = await convertReadableStreamToArray(source.pipeThrough(gateParts(stopping, { onStop: (verdict) => stopped.push(verdict) })));
    expect(out.map(({ type }) => type)).toEqual(['stream-start', 'text-start', 'text-end', 'finish']);
    expect(out.at(-1)).toMatchObject({ finishReason: { unified: 'content-filter' } });
    expect(stopped).toHaveLength(1);
  });
});

describe('answerMiddleware, with the AI SDK', () => {
  const wrapped = (texts: readonly string[], guard: Guard) => wrapLanguageModel({ model: model(texts), middleware: answerMiddleware(guard) });

  it('gates streamText', async () => {
    const result = streamText({ model: wrapped(HALVES, await guardWith()), prompt: 'x' });
    let text = '';
    for await (const piece of result.textStream) text += piece;
    expect(text).toBe('The key is [REDACTED_KEY_1]. It works.');
    expect(await result.finishReason).toBe('stop');
  });

  it('gates generateText', async () => {
    const result = await generateText({ model: wrapped([`The key is ${KEY}.`, 'It works.'], await guardWith()), prompt: 'x' });
    expect(result.text).toBe('The key is [REDACTED_KEY_1].It works.');
    expect(JSON.stringify(result.response)).not.toContain(KEY);
  });

  it('ends both with the reason of a filter', async () => {
    const stopping = await guardWith({ answer: { stop: 'high' } });
    const streamed = streamText({ model: wrapped(['All is well. ', `The key is ${KEY}. `, 'More.'], stopping), prompt: 'x' });
    let text = '';
    for await (const piece of streamed.textStream) text += piece;
    expect([text, await streamed.finishReason]).toEqual(['', 'content-filter']);
    const whole = await generateText({ model: wrapped(['All is well.', `The key is ${KEY}.`], stopping), prompt: 'x' });
    expect([whole.text, whole.finishReason]).toEqual(['All is well.', 'content-filter']);
  });
});
