import type { AssistantChoice } from '../settings/settings.ts';
import type { Assistant, Turn } from './assistant.ts';

type Endpoint = Extract<AssistantChoice, { kind: 'endpoint' }>;

/** The chat address under a base URL, with or without a trailing slash. */
export function chatUrl(base: string): string {
  return `${base.trim().replace(/\/+$/, '')}/chat/completions`;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? (value as Record<string, unknown>)[name] : undefined;
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

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** An OpenAI-compatible chat endpoint, which has `patienceMs` for a whole answer. */
export function endpoint({ url, model, key }: Endpoint, patienceMs = 120_000): Assistant {
  return {
    label: model,
    async reply(turns: readonly Turn[], signal: AbortSignal): Promise<string> {
      const headers: Record<string, string> = { 'Content-Type': 'application/json' };
      if (key !== '') headers.Authorization = `Bearer ${key}`;
      const timeout = AbortSignal.timeout(patienceMs);
      let response: Response | undefined;
      let text: string;
      try {
        response = await fetch(chatUrl(url), {
          method: 'POST',
          headers,
          body: JSON.stringify({ model, messages: turns, stream: false }),
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          signal: AbortSignal.any([signal, timeout]),
        });
        text = await response.text();
      } catch (cause) {
        if (signal.aborted) throw cause;
        if (timeout.aborted) throw new Error(`The endpoint gave no answer within ${patienceMs / 1000} seconds.`, { cause });
        if (response) throw new Error('The endpoint broke off in the middle of its answer.', { cause });
        // A browser tells a page no more than that; these are the usual three.
        throw new Error('The endpoint could not be reached: it is down, the address is wrong, or it does not allow requests from this page (CORS).', { cause });
      }
      const body = parse(text);
      if (!response.ok) throw new Error(refusalOf(response.status, body));
      const answer = answerOf(body);
      if (answer === undefined) throw new Error('The endpoint answered, but not with a chat completion.');
      return answer;
    },
  };
}
