import { PortcullisError } from '@portcullis/core';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { Guard } from '../guard.ts';
import type { StreamOptions } from '../stream/answer-stream.ts';
import { anthropic } from './anthropic.ts';
import { type Channel, openChannel } from './channel.ts';
import type { Dialect, EventText } from './dialect.ts';
import { openai } from './openai.ts';
import { openaiResponses } from './openai-responses.ts';

const DIALECTS: readonly Dialect[] = [openai, openaiResponses, anthropic];
/** Most code units of one event. */
const LONGEST_EVENT = 4_194_304;

/**
 * The answer of a model's endpoint with its texts gated: server-sent events as OpenAI's chat completions and Responses or Anthropic's messages have them, in the same
 * shape. An answer that is ended ends as the provider's own filters end one: `finish_reason: 'content_filter'`, `stop_reason: 'refusal'`, the
 * event `response.incomplete`; `onStop` says why. Refusals of the endpoint (status 400 and above) pass as they are.
 * @throws {PortcullisError} `input-invalid` for an answer that is no stream of events; the body fails with it for an event that the gate does not know.
 */
export function gateResponse(response: Response, guard: Pick<Guard, 'stream'>, options: StreamOptions = {}): Response {
  if (!response.ok) return response;
  const type = response.headers.get('content-type') ?? '';
  if (response.body === null || !/^text\/event-stream\b/i.test(type)) {
    throw new PortcullisError('input-invalid', `the answer is no stream of events, but ${type || 'of no type'}`);
  }
  const headers = new Headers(response.headers);
  // They were true of the body as it was.
  for (const name of ['content-length', 'content-encoding']) headers.delete(name);
  return new Response(response.body.pipeThrough(gateEvents(guard, options)), { status: response.status, statusText: response.statusText, headers });
}

/** The bytes of server-sent events with the texts in them gated. */
export function gateEvents(guard: Pick<Guard, 'stream'>, options: StreamOptions = {}): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const channels = new Map<string, { readonly channel: Channel; last: EventText; name: string | undefined }>();
  /** What was let out of the texts that are asked for again. */
  const kept = new Map<string, string>();
  const waiting: EventSourceMessage[] = [];
  /** The text that is at work: if the answer is ended, it is this one's doing. */
  let current: EventText | undefined;
  let comments = '';
  const parser = createParser({
    onEvent: (event) => void waiting.push(event),
    onComment: (comment) => {
      comments += `: ${comment}\n\n`;
    },
    onRetry: (retry) => {
      comments += `retry: ${retry}\n\n`;
    },
    maxBufferSize: LONGEST_EVENT,
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw new PortcullisError('input-invalid', `an event is longer than ${LONGEST_EVENT} characters`);
    },
  });
  type Controller = TransformStreamDefaultController<Uint8Array>;
  const write = (controller: Controller, event: Partial<EventSourceMessage>): void => controller.enqueue(encoder.encode(written(event)));

  const say = async (text: EventText, name: string | undefined, controller: Controller): Promise<void> => {
    let open = channels.get(text.channel);
    if (open === undefined) {
      const emit = (said: string): void => {
        const { last, name } = channels.get(text.channel) ?? { last: text, name: undefined };
        if (text.kept) kept.set(text.channel, (kept.get(text.channel) ?? '') + said);
        write(controller, { event: name, data: JSON.stringify(last.saying(said)) });
      };
      open = { channel: openChannel(guard.stream(options), emit), last: text, name };
      channels.set(text.channel, open);
    }
    [open.last, open.name, current] = [text, name, text];
    await open.channel.push(text.text);
  };

  const end = async (prefix: string): Promise<void> => {
    for (const [key, { channel, last }] of channels) {
      if (!key.startsWith(prefix)) continue;
      current = last;
      await channel.end();
      channels.delete(key);
    }
  };

  const handle = async (message: EventSourceMessage, controller: Controller): Promise<void> => {
    if (message.data.trim() === '[DONE]') {
      await end('');
      write(controller, message);
      return;
    }
    const data = jsonOf(message.data);
    const read = firstOf(DIALECTS, (dialect) => dialect.read(data));
    if (read === undefined) throw new PortcullisError('input-invalid', `an event of a shape that the gate does not know: ${message.event ?? 'message'}`);
    const writeRest = (): void => {
      const rest = read.restWith?.((channel) => kept.get(channel) ?? '') ?? read.rest;
      if (rest !== undefined) write(controller, { ...message, data: JSON.stringify(rest) });
    };
    // A block of Anthropic's begins before its text.
    if (read.ends.length === 0) writeRest();
    for (const text of read.texts) await say(text, message.event === 'content_block_start' ? 'content_block_delta' : message.event, controller);
    for (const prefix of read.ends) await end(prefix);
    if (read.ends.length > 0) writeRest();
  };

  const drain = async (controller: Controller, final: boolean): Promise<void> => {
    try {
      if (comments !== '') controller.enqueue(encoder.encode(comments));
      comments = '';
      for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) await handle(message, controller);
      if (final) await end('');
    } catch (error) {
      if (!(error instanceof PortcullisError && error.code === 'answer-stopped')) throw error;
      const last = current?.saying('');
      const dialect = DIALECTS.find(({ read }) => read(last) !== undefined) ?? openai;
      for (const event of dialect.stopped(last)) write(controller, event);
      controller.terminate();
    }
  };

  return new TransformStream({
    transform(chunk, controller) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      return drain(controller, false);
    },
    flush(controller) {
      // A last event without the blank line behind it counts: what it says is read like the rest.
      parser.feed(`${decoder.decode()}\n\n`);
      return drain(controller, true);
    },
  });
}

function written({ event, id, data = '' }: Partial<EventSourceMessage>): string {
  const lines = data.split('\n').map((line) => `data: ${line}\n`);
  return `${event === undefined ? '' : `event: ${event}\n`}${id === undefined ? '' : `id: ${id}\n`}${lines.join('')}\n`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstOf<T, R>(all: readonly T[], ask: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const answer = ask(one);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
