import type { AssistantChoice } from '../settings/settings.ts';
import type { Assistant, Turn } from './assistant.ts';
import { deltasOf, field, parse, StreamError } from './deltas.ts';

/** An endpoint that was chosen. */
export type Endpoint = Extract<AssistantChoice, { kind: 'endpoint' }>;

/** The chat address under a base URL, with or without a trailing slash. */
export function chatUrl(base: string): string {
  return `${base.trim().replace(/\/+$/, '')}/chat/completions`;
}

/** The answer in a chat completion, or undefined for any other shape. */
export function answerOf(body: unknown): string | undefined {
  const choices = field(body, 'choices');
  const content = Array.isArray(choices) ? field(field(choices[0], 'message'), 'content') : undefined;
  return typeof content === 'string' && content !== '' ? content : undefined;
}

/** What went wrong, by status; the endpoint's own words where it gives any, as `{error: {message}}` or `{error}`. */
export function refusalOf(status: number, body: unknown): string {
  const error = field(body, 'error');
  const said = typeof error === 'string' ? error : field(error, 'message');
  const detail = typeof said === 'string' ? ` It says: ${said}` : '';
  if (status === 401 || status === 403) return `The endpoint refused the API key (${status}). Check it in Settings.${detail}`;
  if (status === 404) return `The endpoint has no such address or model (404). Check both in Settings.${detail}`;
  if (status === 429) return `The endpoint asks to slow down (429). Wait a little, then retry.${detail}`;
  return `The endpoint answered with an error (${status}).${detail}`;
}

/** An OpenAI-compatible chat endpoint, which may be silent for `patienceMs`, before its answer and within it. It is asked for a stream; one that knows none may answer whole. */
export function endpoint({ url, model, key }: Endpoint, patienceMs = 120_000): Assistant {
  return {
    label: model,
    async reply(turns: readonly Turn[], signal: AbortSignal): Promise<ReadableStream<string>> {
      const headers: Record<string, string> = { 'Content-Type': 'application/json' };
      if (key !== '') headers.Authorization = `Bearer ${key}`;
      const silence = silenceAfter(patienceMs);
      let response: Response | undefined;
      const explained = (cause: unknown): unknown => {
        silence.end();
        if (signal.aborted || cause instanceof StreamError) return cause;
        if (silence.signal.aborted) return new Error(`The endpoint gave no answer within ${patienceMs / 1000} seconds.`, { cause });
        if (response) return new Error('The endpoint broke off in the middle of its answer.', { cause });
        // A browser tells a page no more than that; these are the usual three.
        return new Error('The endpoint could not be reached: it is down, the address is wrong, or it does not allow requests from this page (CORS).', {
          cause,
        });
      };
      try {
        response = await fetch(chatUrl(url), {
          method: 'POST',
          headers,
          body: JSON.stringify({ model, messages: turns, stream: true }),
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          signal: AbortSignal.any([signal, silence.signal]),
        });
        if (response.ok && response.body !== null && /^text\/event-stream\b/i.test(response.headers.get('Content-Type') ?? '')) {
          return relayed(deltasOf(response.body), silence, explained);
        }
        const body = parse(await response.text());
        if (!response.ok) throw new StreamError(refusalOf(response.status, body));
        const answer = answerOf(body);
        if (answer === undefined) throw new StreamError('The endpoint answered, but not with a chat completion.');
        silence.end();
        return new ReadableStream({
          start(controller) {
            controller.enqueue(answer);
            controller.close();
          },
        });
      } catch (cause) {
        throw explained(cause);
      }
    },
  };
}

/** Fires when nothing was heard for so long. */
interface Silence {
  readonly signal: AbortSignal;
  heard(): void;
  end(): void;
}

function silenceAfter(ms: number): Silence {
  const controller = new AbortController();
  const fire = () => controller.abort(new DOMException('silent', 'TimeoutError'));
  let timer = setTimeout(fire, ms);
  return {
    signal: controller.signal,
    heard() {
      clearTimeout(timer);
      timer = setTimeout(fire, ms);
    },
    end: () => clearTimeout(timer),
  };
}

/** The same stream, with its failures explained. */
function relayed(stream: ReadableStream<string>, silence: Silence, explained: (cause: unknown) => unknown): ReadableStream<string> {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        silence.heard();
        if (!done) return controller.enqueue(value);
        silence.end();
        controller.close();
      } catch (cause) {
        controller.error(explained(cause));
      }
    },
    async cancel(reason) {
      silence.end();
      await reader.cancel(reason);
    },
  });
}
