import { PortcullisError } from '@portcullis/core';
import { isObject, type Json } from './dialect.ts';

/** Where an answer's words stand, by what it is, and what is left of one that is ended. */
const ANSWERS: readonly { readonly field: string; readonly stopped: (body: Json) => Json }[] = [
  {
    field: 'choices',
    stopped: (body) => {
      const choices = (body['choices'] as readonly unknown[]).filter(isObject);
      const ended = (choice: Json): Json => ('message' in choice ? { message: { role: 'assistant', content: '' } } : { text: '' });
      return { ...body, choices: choices.map((choice) => ({ index: choice['index'] ?? 0, ...ended(choice), finish_reason: 'content_filter' })) };
    },
  },
  { field: 'output', stopped: (body) => ({ ...body, output: [], status: 'incomplete', incomplete_details: { reason: 'content_filter' } }) },
  { field: 'content', stopped: (body) => ({ ...body, content: [], stop_reason: 'refusal' }) },
];
/** What is no text for a person. Strings under any other name are read. */
const STRUCTURE = ['id', 'type', 'role', 'name', 'status', 'phase', 'finish_reason', 'stop_reason', 'signature', 'encrypted_content', 'data', 'format'];
/** Arguments of calls are data for a program; the endpoint's own filters say nothing of the answer's words. */
const PASSED = ['tool_calls', 'function_call', 'content_filter_results'];

/**
 * An answer that came whole, with every text in it gated; log-probabilities, which spell it, are left out.
 * @throws {PortcullisError} `input-invalid` for what is no answer of OpenAI's chat completions, completions or Responses, nor of Anthropic's messages.
 */
export async function gateJson(body: unknown, gate: (text: string) => Promise<string>): Promise<Json> {
  const answer = isObject(body) ? ANSWERS.find(({ field }) => Array.isArray(body[field])) : undefined;
  if (!isObject(body) || answer === undefined) throw new PortcullisError('input-invalid', 'the answer is of a shape that the gate does not know');
  // What some servers add to Responses holds the text once more.
  const { output_text: _whole, ...rest } = body;
  try {
    return { ...rest, [answer.field]: await gated(body[answer.field], '', gate) };
  } catch (error) {
    if (!(error instanceof PortcullisError && error.code === 'answer-stopped')) throw error;
    return answer.stopped(rest);
  }
}

async function gated(value: unknown, key: string, gate: (text: string) => Promise<string>): Promise<unknown> {
  if (typeof value === 'string') return value === '' || STRUCTURE.includes(key) ? value : gate(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await gated(item, key, gate));
    return items;
  }
  if (!isObject(value) || /call|tool_use/.test(String(value['type']))) return value;
  const fields: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) {
    if (name === 'logprobs') continue;
    fields.push([name, PASSED.includes(name) ? field : await gated(field, name, gate)]);
  }
  return Object.fromEntries(fields);
}
