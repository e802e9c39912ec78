import { type Dialect, isObject, type Json, type ReadEvent } from './dialect.ts';

type Said = (channel: string) => string;

/** Events of a text: the field that its words stand in, and the one that counts the texts of an item. */
const TEXTS: Readonly<Record<string, readonly [field: string, index: string]>> = {
  output_text: ['text', 'content_index'],
  refusal: ['refusal', 'content_index'],
  reasoning_text: ['text', 'content_index'],
  reasoning_summary_text: ['text', 'summary_index'],
};
/** Arguments and states of calls are no text for a person. */
const OTHER = /^response\.(?:(?:function_call|mcp|web_search|file_search|code_interpreter|image_generation|custom_tool|computer)_|output_text\.annotation\.)/;
/** Events that hold the response as it is so far. */
const WHOLE = ['created', 'queued', 'in_progress', 'completed', 'incomplete', 'failed'];

/** Events of OpenAI's Responses. What ends a text, an item or the response says its words again: there stands what was let out. */
export const openaiResponses: Dialect = {
  read(data) {
    if (!isObject(data) || typeof data['type'] !== 'string') return undefined;
    if (data['type'] === 'keepalive' || OTHER.test(data['type'])) return { texts: [], ends: [], rest: data };
    const [family, subject = '', verb = ''] = data['type'].split('.');
    if (family !== 'response') return undefined;
    const text = TEXTS[subject];
    if (text !== undefined) return textEvent(data, subject, verb, text);
    if (WHOLE.includes(subject)) {
      const ended = !['created', 'queued', 'in_progress'].includes(subject);
      return { texts: [], ends: ended ? [''] : [], restWith: (said) => ({ ...data, response: saidResponse(data['response'], said) }) };
    }
    const item = `${data['output_index']}.`;
    if (subject === 'output_item') {
      const restWith = (said: Said) => ({ ...data, item: saidItem(data['item'], item, said) });
      return { texts: [], ends: verb === 'done' ? [item] : [], restWith };
    }
    if (subject === 'content_part' || subject === 'reasoning_summary_part') {
      const index = subject === 'content_part' ? `${data['content_index']}.` : `${data['summary_index']}.`;
      const restWith = (said: Said) => ({ ...data, part: saidPart(data['part'], item, index, said) });
      return { texts: [], ends: [], restWith };
    }
    return undefined;
  },
  stopped: () => {
    const response = { object: 'response', status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] };
    return [{ event: 'response.incomplete', data: JSON.stringify({ type: 'response.incomplete', response }) }];
  },
};

function textEvent(data: Json, subject: string, verb: string, [field, index]: readonly [string, string]): ReadEvent | undefined {
  const channel = `${data['output_index']}.${subject}.${data[index]}.`;
  const { logprobs: _spelled, obfuscation: _padding, ...event } = data;
  if (verb === 'delta') {
    return { texts: [{ channel, text: String(data['delta'] ?? ''), saying: (delta) => ({ ...event, delta }), kept: true }], ends: [] };
  }
  return verb === 'done' ? { texts: [], ends: [channel], restWith: (said) => ({ ...event, [field]: said(channel) }) } : undefined;
}

function saidResponse(response: unknown, said: Said): unknown {
  if (!isObject(response)) return response;
  // What some servers add holds the text once more.
  const { output_text: _whole, ...rest } = response;
  const output = rest['output'];
  return Array.isArray(output) ? { ...rest, output: output.map((item, index) => saidItem(item, `${index}.`, said)) } : rest;
}

function saidItem(item: unknown, prefix: string, said: Said): unknown {
  if (!isObject(item)) return item;
  const parts = (field: 'content' | 'summary') => {
    const list = item[field];
    return Array.isArray(list) ? { [field]: list.map((part, index) => saidPart(part, prefix, `${index}.`, said)) } : {};
  };
  return { ...item, ...parts('content'), ...parts('summary') };
}

function saidPart(part: unknown, item: string, index: string, said: Said): unknown {
  if (!isObject(part)) return part;
  const { logprobs: _spelled, ...rest } = part;
  const subject = rest['type'] === 'summary_text' ? 'reasoning_summary_text' : String(rest['type']);
  const [field] = TEXTS[subject] ?? ['text'];
  return typeof rest[field] === 'string' ? { ...rest, [field]: said(`${item}${subject}.${index}`) } : rest;
}
