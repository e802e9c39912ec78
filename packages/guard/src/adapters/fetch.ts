import type { Guard } from '../guard.ts';
import type { StreamOptions } from '../stream/answer-stream.ts';
import { gatedText } from './channel.ts';
import { isObject, type Json } from './dialect.ts';
import { type PromptOptions, promptGuard, refusalOf } from './guard-prompt.ts';
import { gateJson } from './json-answer.ts';
import { type AnswerKind, refusalAnswer } from './refusal-answer.ts';
import { rewriteBody } from './request-texts.ts';
import { gateResponse } from './sse.ts';

export interface GuardedFetchOptions extends StreamOptions, PromptOptions {}

/**
 * A `fetch` for OpenAI-compatible endpoints (chat completions, completions, Responses) and Anthropic's messages, and for whatever else posts JSON with
 * `messages`: the prompt is read before it leaves, the answer is gated, streamed or whole. All other requests pass as they are.
 * A turn that is held back fails with `text-blocked`, or is answered with `refusal` in the endpoint's shape; nothing leaves.
 * It fails with `input-invalid` for an answer of a shape that the gate does not know.
 */
export function guardedFetch(inner: typeof fetch, guard: Pick<Guard, 'scan' | 'stream'>, options: GuardedFetchOptions = {}): typeof fetch {
  const read = promptGuard(guard, options);
  return async (input, init) => {
    const request = new Request(input, init);
    const asked = await askedIn(request);
    if (asked === undefined) return inner(request);
    const { kind, body } = asked;
    const result = await read(body, rewriteBody, request.signal);
    if (result.held) return refusalAnswer(refusalOf(result.verdict, options), { kind, model: body['model'], stream: body['stream'] === true });
    return gated(await inner(result.prompt === body ? request : withBody(request, result.prompt)), guard, options);
  };
}

/** What a request asks a model, if it does. */
async function askedIn(request: Request): Promise<{ readonly kind: AnswerKind; readonly body: Json } | undefined> {
  const type = request.headers.get('content-type') ?? '';
  // A string without a type of its own is sent as plain text.
  if (request.method !== 'POST' || !/json|^text\/plain|^$/i.test(type)) return undefined;
  const body = jsonOf(await request.clone().text());
  const path = new URL(request.url).pathname;
  if (!isObject(body) || /_tokens\/?$/.test(path)) return undefined;
  if (Array.isArray(body['messages'])) return { kind: request.headers.has('anthropic-version') || /\/messages\/?$/.test(path) ? 'messages' : 'chat', body };
  if ('input' in body && /\/responses\/?$/.test(path)) return { kind: 'responses', body };
  return 'prompt' in body && /\/completions\/?$/.test(path) ? { kind: 'completions', body } : undefined;
}

function withBody(request: Request, body: Json): Request {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(request, { headers, body: JSON.stringify(body) });
}

async function gated(response: Response, guard: Pick<Guard, 'stream'>, options: StreamOptions): Promise<Response> {
  if (!response.ok || !/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return gateResponse(response, guard, options);
  const body = await gateJson(jsonOf(await response.text()), (text) => gatedText(guard, text, options));
  const headers = new Headers(response.headers);
  // They were true of the body as it was.
  for (const name of ['content-length', 'content-encoding']) headers.delete(name);
  return new Response(JSON.stringify(body), { status: response.status, statusText: response.statusText, headers });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
