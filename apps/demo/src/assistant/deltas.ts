import { EventSourceParserStream } from 'eventsource-parser/stream';

/** A field of what may be an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
}

/** JSON, or undefined for what is none. */
export function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What goes wrong inside a stream that the endpoint began. */
export class StreamError extends Error {}

/** The text in the events of a streamed chat completion, piece by piece. Fails with a `StreamError` for what is none, and for the endpoint's own errors. */
export function deltasOf(body: ReadableStream<Uint8Array>): ReadableStream<string> {
  let said = false;
  return body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .pipeThrough(
      new TransformStream({
        transform({ data }, controller) {
          if (data.trim() === '[DONE]') return;
          const event = parse(data);
          const error = field(event, 'error');
          const message = typeof error === 'string' ? error : field(error, 'message');
          if (typeof message === 'string') throw new StreamError(`The endpoint broke off its answer. It says: ${message}`);
          const choices = field(event, 'choices');
          if (!Array.isArray(choices)) throw new StreamError('The endpoint answered, but not with a chat completion.');
          const content = field(field(choices[0], 'delta'), 'content');
          if (typeof content !== 'string' || content === '') return;
          said = true;
          controller.enqueue(content);
        },
        flush() {
          if (!said) throw new StreamError('The endpoint answered, but not with a chat completion.');
        },
      }),
    );
}
