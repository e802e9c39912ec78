import { type Dialect, isObject, type Json, type ReadEvent } from './dialect.ts';

/** Events that hold none of the answer's text. */
const STRUCTURE = ['message_start', 'message_delta', 'message_stop', 'ping', 'error'];
/** Deltas that are no text for a person: a tool's arguments, a signature, where a citation comes from. */
const OTHER_DELTAS = ['input_json_delta', 'signature_delta', 'citations_delta'];
const TEXT_FIELDS: Readonly<Record<string, string>> = { text_delta: 'text', thinking_delta: 'thinking' };

/** Events of Anthropic's messages. */
export const anthropic: Dialect = {
  read(data) {
    if (!isObject(data) || typeof data['type'] !== 'string') return undefined;
    const channel = `${data['index']}.`;
    switch (data['type']) {
      case 'content_block_start':
        return startOf(data, channel);
      case 'content_block_delta':
        return deltaOf(data, channel);
      case 'content_block_stop':
        return { texts: [], ends: [channel], rest: data };
      default:
        return STRUCTURE.includes(data['type']) ? { texts: [], ends: [], rest: data } : undefined;
    }
  },
  stopped: (last) => {
    const index = isObject(last) ? last['index'] : 0;
    const events = [
      { type: 'content_block_stop', index },
      { type: 'message_delta', delta: { stop_reason: 'refusal', stop_sequence: null }, usage: { output_tokens: 0 } },
      { type: 'message_stop' },
    ];
    return events.map((event) => ({ event: event.type, data: JSON.stringify(event) }));
  },
};

/** A block's start has no text as a rule; what it has is said by a delta. */
function startOf(data: Json, channel: string): ReadEvent {
  const block = isObject(data['content_block']) ? data['content_block'] : {};
  const saying = (field: string) => (text: string) => ({ type: 'content_block_delta', index: data['index'], delta: { type: `${field}_delta`, [field]: text } });
  const texts = Object.values(TEXT_FIELDS).flatMap((field) => {
    const text = block[field];
    return typeof text === 'string' && text !== '' ? [{ channel, text, saying: saying(field) }] : [];
  });
  const bare = Object.fromEntries(Object.entries(block).map(([field, value]) => [field, Object.values(TEXT_FIELDS).includes(field) ? '' : value]));
  return { texts, ends: [], rest: { ...data, content_block: bare } };
}

function deltaOf(data: Json, channel: string): ReadEvent | undefined {
  const delta = isObject(data['delta']) ? data['delta'] : {};
  const type = String(delta['type']);
  const field = TEXT_FIELDS[type];
  if (field === undefined) return OTHER_DELTAS.includes(type) ? { texts: [], ends: [], rest: data } : undefined;
  return { texts: [{ channel, text: String(delta[field] ?? ''), saying: (text) => ({ ...data, delta: { type, [field]: text } }) }], ends: [] };
}
