/** How a request asks, and so how it is answered. */
export type AnswerKind = 'chat' | 'completions' | 'responses' | 'messages';

export interface RefusalRequest {
  readonly kind: AnswerKind;
  readonly model: unknown;
  readonly stream: boolean;
}

const ID = 'portcullis';

/** A refusal as the provider would give one: an answer that says it, ended by a filter. */
export function refusalAnswer(text: string, { kind, model, stream }: RefusalRequest): Response {
  const { whole, events } = SHAPES[kind](text, model);
  if (!stream) return Response.json(whole);
  const named = kind === 'responses' || kind === 'messages';
  const lines = events.map((event) => `${named ? `event: ${event['type']}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  return new Response(`${lines.join('')}${named ? '' : 'data: [DONE]\n\n'}`, { headers: { 'content-type': 'text/event-stream' } });
}

interface Shaped {
  readonly whole: object;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

const SHAPES: Readonly<Record<AnswerKind, (text: string, model: unknown) => Shaped>> = {
  chat(text, model) {
    const head = { id: ID, created: seconds(), model };
    const chunk = (delta: object, finish_reason: string | null) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason }],
    });
    const message = { role: 'assistant', content: text, refusal: null };
    return {
      whole: { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'content_filter' }] },
      events: [chunk({ role: 'assistant', content: text }, null), chunk({}, 'content_filter')],
    };
  },
  completions(text, model) {
    const whole = { id: ID, object: 'text_completion', created: seconds(), model, choices: [{ index: 0, text, finish_reason: 'content_filter' }] };
    return { whole, events: [whole] };
  },
  responses(text, model) {
    const head = { id: ID, object: 'response', created_at: seconds(), model };
    const part = { type: 'output_text', text, annotations: [] };
    const item = { id: ID, type: 'message', role: 'assistant', status: 'completed', content: [part] };
    const whole = { ...head, status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [item] };
    const place = { item_id: ID, output_index: 0, content_index: 0 };
    const events = [
      { type: 'response.created', response: { ...head, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress', content: [] } },
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
      { type: 'response.output_text.delta', ...place, delta: text },
      { type: 'response.output_text.done', ...place, text },
      { type: 'response.content_part.done', ...place, part },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.incomplete', response: whole },
    ];
    return { whole, events: events.map((event, sequence_number) => ({ ...event, sequence_number })) };
  },
  messages(text, model) {
    const usage = { input_tokens: 0, output_tokens: 0 };
    const head = { id: ID, type: 'message', role: 'assistant', model, stop_sequence: null, usage };
    return {
      whole: { ...head, content: [{ type: 'text', text }], stop_reason: 'refusal' },
      events: [
        { type: 'message_start', message: { ...head, content: [], stop_reason: null } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'refusal', stop_sequence: null }, usage: { output_tokens: 0 } },
        { type: 'message_stop' },
      ],
    };
  },
};

const seconds = (): number => Math.floor(Date.now() / 1000);
