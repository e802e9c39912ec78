import type { PolicyInput } from '@portcullis/core';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Guard } from '../guard.ts';
import { guardOnNode, RULES_ALONE } from '../node/testing/guard-on-node.ts';
import { gateEvents, gateResponse } from './sse.ts';

const KEY = 'sk-proj-q7Rk2ZtB9xWm4LpV8nYc3HdF';
/** The rules are real; the models let everything pass. */
const guardWith = (policy: PolicyInput = {}): Promise<Guard> => guardOnNode(policy, RULES_ALONE);
let guard: Guard;
beforeAll(async () => {
  guard = await guardWith();
});

type Event = { event: string | undefined; data: string };
const sse = (events: readonly (unknown | Event)[], named = false): string =>
  events
    .map((data) => `${named ? `event: ${(data as { type: string }).type}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
    .join('');
const chunk = (delta: object, more: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null, ...more }],
});
const openaiOf = (texts: readonly string[]) => [
  chunk({ role: 'assistant', content: '' }),
  ...texts.map((content) => chunk({ content })),
  chunk({}, { finish_reason: 'stop' }),
  '[DONE]',
];
const anthropicOf = (texts: readonly string[]) => [
  { type: 'message_start', message: { id: 'm1', role: 'assistant', content: [], usage: { input_tokens: 3 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'ping' },
  ...texts.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

async function gated(body: string | readonly Uint8Array[], by: Guard = guard): Promise<{ raw: string; events: Event[] }> {
  const chunks = typeof body === 'string' ? [new TextEncoder().encode(body)] : body;
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const bytes of chunks) controller.enqueue(bytes);
      controller.close();
    },
  });
  const raw = await new Response(source.pipeThrough(gateEvents(by))).text();
  const events: Event[] = [];
  createParser({ onEvent: ({ event, data }) => events.push({ event, data }) }).feed(raw);
  return { raw, events };
}
// biome-ignore lint/suspicious/noExplicitAny: the tests look into events of three shapes.
const jsons = (events: readonly Event[]): any[] => events.filter(({ data }) => data !== '[DONE]').map(({ data }) => JSON.parse(data));
const openaiText = (events: readonly Event[], field = 'content', index = 0): string =>
  jsons(events)
    .map(({ choices }) => choices.find((choice: { index: number }) => choice.index === index)?.delta?.[field] ?? '')
    .join('');
const anthropicText = (events: readonly Event[], field = 'text'): string =>
  jsons(events)
    .map(({ delta }) => delta?.[field] ?? '')
    .join('');

describe('chat completions', () => {
  it('keep their shape and lose their key', async () => {
    const { events } = await gated(sse(openaiOf(['The key is ', KEY.slice(0, 9), `${KEY.slice(9)}. It`, ' works.'])));
    expect(openaiText(events)).toBe('The key is [REDACTED_KEY_1]. It works.');
    expect(jsons(events)[0]).toMatchObject({ id: 'c1', choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null }] });
    expect(jsons(events).at(-1)).toMatchObject({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    expect(events.at(-1)?.data).toBe('[DONE]');
    expect(jsons(events).every(({ object, model }) => object === 'chat.completion.chunk' && model === 'm')).toBe(true);
  });

  it('are read apart, choice by choice, field by field; what is no text passes, what spells it does not', async () => {
    const half = [KEY.slice(0, 9), KEY.slice(9)];
    const call = { tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{}' } }] };
    const { raw, events } = await gated(
      sse([
        {
          choices: [0, 1].map((index) => ({
            index,
            delta: { content: half[0], reasoning_content: 'Hm. ' },
            finish_reason: null,
            logprobs: { content: [{ token: 'sk' }] },
          })),
        },
        { choices: [0, 1].map((index) => ({ index, delta: { content: half[1], reasoning_details: [{ text: 'secret' }] }, finish_reason: null })) },
        chunk(call),
        { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
        { choices: [{ index: 1, delta: {}, finish_reason: 'stop' }] },
        { choices: [], usage: { total_tokens: 7 } },
        '[DONE]',
      ]),
    );
    expect([openaiText(events), openaiText(events, 'content', 1), openaiText(events, 'reasoning_content')]).toEqual([
      '[REDACTED_KEY_1]',
      '[REDACTED_KEY_1]',
      'Hm. ',
    ]);
    expect(jsons(events)).toContainEqual(expect.objectContaining({ choices: [{ index: 0, delta: call, finish_reason: null }] }));
    expect(jsons(events).at(-1)).toEqual({ choices: [], usage: { total_tokens: 7 } });
    expect(raw).not.toMatch(/logprobs|secret|sk-/);
  });

  it('end with the rest where nobody says that they end', async () => {
    expect(openaiText((await gated(sse([chunk({ content: 'No end' })]))).events)).toBe('No end');
    expect(openaiText((await gated(sse([chunk({ content: 'No blank line' })]).trimEnd())).events)).toBe('No blank line');
  });

  it('of the older kind are read, too', async () => {
    const { events } = await gated(
      sse([{ choices: [{ index: 0, text: `The key is ${KEY}.`, finish_reason: null }] }, { choices: [{ index: 0, text: '', finish_reason: 'stop' }] }]),
    );
    expect(
      jsons(events)
        .map(({ choices }) => choices[0].text)
        .join(''),
    ).toBe('The key is [REDACTED_KEY_1].');
  });

  it('that are ended end as filtered ones do', async () => {
    const { events } = await gated(sse(openaiOf(['All is well. ', `The key is ${KEY}. `, 'More.'])), await guardWith({ answer: { stop: 'high' } }));
    // What came together with the end of it need not be seen.
    expect('All is well.').toContain(openaiText(events));
    expect(jsons(events).at(-1)).toMatchObject({ id: 'c1', choices: [{ index: 0, delta: {}, finish_reason: 'content_filter' }] });
    expect(events.at(-1)?.data).toBe('[DONE]');
  });
});

describe('messages', () => {
  it('keep their shape and lose their key', async () => {
    const { events } = await gated(sse(anthropicOf(['The key is ', KEY.slice(0, 9), `${KEY.slice(9)}. It`, ' works.']), true));
    expect(anthropicText(events)).toBe('The key is [REDACTED_KEY_1]. It works.');
    const types = jsons(events).map(({ type }) => type);
    expect(events.map(({ event }) => event)).toEqual(types);
    expect([...new Set(types)]).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
  });

  it('may think and call tools', async () => {
    const { events } = await gated(
      sse([
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: `I know ${KEY}`, signature: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: ' well.' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
        { type: 'content_block_stop', index: 0 },
        { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 't', name: 'f', input: {} } },
        { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{}' } },
        { type: 'content_block_stop', index: 1 },
      ]),
    );
    expect(anthropicText(events, 'thinking')).toBe('I know [REDACTED_KEY_1] well.');
    expect(anthropicText(events, 'partial_json')).toBe('{}');
    expect(jsons(events)[0].content_block).toEqual({ type: 'thinking', thinking: '', signature: '' });
  });

  it('that are ended end as refused ones do', async () => {
    const { events } = await gated(sse(anthropicOf(['All is well. ', `The key is ${KEY}. `, 'More.']), true), await guardWith({ answer: { stop: 'high' } }));
    expect('All is well.').toContain(anthropicText(events));
    expect(jsons(events).slice(-3)).toMatchObject([
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'refusal' } },
      { type: 'message_stop' },
    ]);
  });
});

describe('bytes', () => {
  const body = `: hello\n\nretry: 100\n\n${sse(openaiOf(['Grüße, 🚀! ', 'The key is ', KEY, '. 你好。', 'e\u0301']))}`.replaceAll(
    '\n\ndata: [DONE]',
    '\r\n\r\ndata: [DONE]',
  );

  it('may be cut anywhere, within a character too', async () => {
    const bytes = new TextEncoder().encode(body);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 40 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const { raw, events } = await gated(places.map((place, index) => bytes.slice(places[index - 1] ?? 0, place)));
        expect(openaiText(events)).toBe('Grüße, 🚀! The key is [REDACTED_KEY_1]. 你好。e\u0301');
        expect(raw).toMatch(/^: hello\n\n.*retry: 100\n\n/s);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['no JSON', 'data: {oops\n\n'],
    ['another shape', sse([{ type: 'response.audio.delta', delta: KEY }])],
    ['a delta nobody knows', sse([{ type: 'content_block_delta', index: 0, delta: { type: 'new_delta', text: KEY } }])],
  ])('of %s are refused, not passed', async (_name, bad) => {
    await expect(gated(bad)).rejects.toThrow();
  });

  it('of an error pass', async () => {
    const error = { error: { message: 'overloaded', type: 'server_error' } };
    expect(jsons((await gated(sse([error]))).events)).toEqual([error]);
  });
});

describe('gateResponse', () => {
  const answer = (body: string, headers: Record<string, string>, status = 200) => new Response(body, { headers, status });

  it('gates a stream of events and tells no wrong length', async () => {
    const response = gateResponse(
      answer(sse(openaiOf([`The key is ${KEY}.`])), { 'content-type': 'text/event-stream; charset=utf-8', 'content-length': '999', 'x-id': '7' }),
      guard,
    );
    expect([response.headers.get('content-length'), response.headers.get('x-id')]).toEqual([null, '7']);
    expect(await response.text()).toContain('[REDACTED_KEY_1]');
  });

  it('takes no other answer, and passes a refusal', () => {
    expect(() => gateResponse(answer('{}', { 'content-type': 'application/json' }), guard)).toThrow(expect.objectContaining({ code: 'input-invalid' }));
    const refusal = answer('{}', { 'content-type': 'application/json' }, 429);
    expect(gateResponse(refusal, guard)).toBe(refusal);
  });

  it('stops asking the endpoint when the answer is ended', async () => {
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(sse([chunk({ content: `The key is ${KEY}. ` })]))),
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(new TextEncoder().encode(sse([chunk({ content: 'More. ' })])));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const stopping = await guardWith({ answer: { stop: 'high' } });
    const text = await gateResponse(new Response(source, { headers: { 'content-type': 'text/event-stream' } }), stopping).text();
    expect(text).toContain('content_filter');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(cancelled).toBe(true);
  });
});
