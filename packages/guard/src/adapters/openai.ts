import { type Dialect, type EventText, isObject, type Json } from './dialect.ts';

/** What of a delta is no text for a person and passes as it is. Other strings are read, anything else is left out. */
const STRUCTURE = ['role', 'tool_calls', 'function_call'];

/** Chunks of OpenAI's chat completions, and of its older completions, as many servers speak them. Log-probabilities are left out: they spell the text. */
export const openai: Dialect = {
  read(data) {
    if (!isObject(data)) return undefined;
    if (!Array.isArray(data['choices'])) return isObject(data['error']) ? { texts: [], ends: [], rest: data } : undefined;
    const choices = data['choices'];
    if (!choices.every(isObject)) return undefined;
    const rest = choices.map(withoutTexts);
    const bare = choices.length > 0 && rest.every(({ delta, finish_reason }) => isEmpty(delta) && (finish_reason ?? null) === null);
    return {
      texts: choices.flatMap((choice) => textsOf(data, choice)),
      ends: choices.flatMap((choice) => ((choice['finish_reason'] ?? null) === null ? [] : [prefixOf(choice)])),
      ...((!bare || isObject(data['usage'])) && { rest: { ...data, choices: rest } }),
    };
  },
  stopped: (last) => {
    const event = isObject(last) ? last : {};
    const [choice] = (event['choices'] as readonly Json[] | undefined) ?? [];
    const ended = { index: choice?.['index'] ?? 0, ...(typeof choice?.['text'] === 'string' ? { text: '' } : { delta: {} }), finish_reason: 'content_filter' };
    return [{ data: JSON.stringify({ ...event, choices: [ended] }) }, { data: '[DONE]' }];
  },
};

const prefixOf = (choice: Json): string => `${choice['index'] ?? 0}.`;
const isEmpty = (delta: unknown): boolean => !isObject(delta) || Object.keys(delta).length === 0;

function textsOf(data: Json, choice: Json): EventText[] {
  const { usage: _usage, ...event } = data;
  const bare = { index: choice['index'] ?? 0, finish_reason: null };
  const found: EventText[] = [];
  if (typeof choice['text'] === 'string') {
    found.push({ channel: `${prefixOf(choice)}text`, text: choice['text'], saying: (text) => ({ ...event, choices: [{ ...bare, text }] }) });
  }
  for (const [field, value] of Object.entries(isObject(choice['delta']) ? choice['delta'] : {})) {
    if (STRUCTURE.includes(field) || typeof value !== 'string') continue;
    found.push({
      channel: `${prefixOf(choice)}${field}`,
      text: value,
      saying: (text) => ({ ...event, choices: [{ ...bare, delta: { [field]: text } }] }),
    });
  }
  return found;
}

function withoutTexts({ index, delta, text, finish_reason }: Json): Json {
  const kept = Object.entries(isObject(delta) ? delta : {}).filter(([field]) => STRUCTURE.includes(field));
  return { index, ...(typeof text === 'string' ? { text: '' } : { delta: Object.fromEntries(kept) }), finish_reason: finish_reason ?? null };
}
