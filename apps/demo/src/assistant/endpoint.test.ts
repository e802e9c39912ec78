import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from './assistant.ts';
import { chatUrl, endpoint } from './endpoint.ts';

interface Request {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const turns: readonly Turn[] = [
  { role: 'user', content: 'one' },
  { role: 'assistant', content: 'two' },
  { role: 'user', content: 'three' },
];
const completion = (content: unknown) => JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] });

let answer: (response: ServerResponse, request: IncomingMessage) => void;
let requests: Request[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({ method: request.method, path: request.url, authorization: request.headers.authorization, body: JSON.parse(body) });
  answer(response, request);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = [];
});

const ask = async (options: { key?: string; signal?: AbortSignal; patienceMs?: number } = {}) => {
  const asked = endpoint({ kind: 'endpoint', url, model: 'small', key: options.key ?? '' }, options.patienceMs);
  return joined(await asked.reply(turns, options.signal ?? new AbortController().signal));
};
async function joined(stream: ReadableStream<string>): Promise<string> {
  const pieces: string[] = [];
  await stream.pipeTo(new WritableStream({ write: (piece) => void pieces.push(piece) }));
  return pieces.join('');
}
const delta = (content: unknown) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
const asStream = { 'Content-Type': 'text/event-stream; charset=utf-8' };

describe('a chat completion', () => {
  it('is asked for with the turns, the model and the key, and read', async () => {
    answer = (response) => response.end(completion('four'));
    await expect(ask({ key: 'sk-1' })).resolves.toBe('four');
    expect(requests).toEqual([
      { method: 'POST', path: '/v1/chat/completions', authorization: 'Bearer sk-1', body: { model: 'small', messages: turns, stream: true } },
    ]);
  });

  it('is asked for without a key where there is none', async () => {
    answer = (response) => response.end(completion('four'));
    await ask();
    expect(requests[0]?.authorization).toBeUndefined();
  });

  it('may come in pieces that part a character', async () => {
    const bytes = Buffer.from(completion('zwölf 🚀'));
    answer = (response) => {
      const half = bytes.indexOf(Buffer.from('🚀')) + 2;
      response.write(bytes.subarray(0, half));
      setTimeout(() => response.end(bytes.subarray(half)), 20);
    };
    await expect(ask()).resolves.toBe('zwölf 🚀');
  });
});

describe('a streamed completion', () => {
  it('is read as it comes, cut anywhere', async () => {
    const bytes = Buffer.from(`: hello\n\n${delta('zwölf ')}${delta('')}${delta('🚀')}data: {"choices":[],"usage":{}}\n\ndata: [DONE]\n\n`);
    answer = (response) => {
      response.writeHead(200, asStream);
      const half = bytes.indexOf(Buffer.from('🚀')) + 2;
      response.write(bytes.subarray(0, half));
      setTimeout(() => response.end(bytes.subarray(half)), 20);
    };
    await expect(ask()).resolves.toBe('zwölf 🚀');
  });

  it('gives each piece when it is there', async () => {
    let more = () => {};
    answer = (response) => {
      response.writeHead(200, asStream);
      response.write(delta('one'));
      more = () => response.end(delta('two'));
    };
    const stream = await endpoint({ kind: 'endpoint', url, model: 'small', key: '' }).reply(turns, new AbortController().signal);
    const reader = stream.getReader();
    expect(await reader.read()).toEqual({ done: false, value: 'one' });
    more();
    expect(await reader.read()).toEqual({ done: false, value: 'two' });
    expect((await reader.read()).done).toBe(true);
  });

  it.each([
    ['with nothing in it', 'data: [DONE]\n\n', 'not with a chat completion'],
    ['of another kind', 'data: {"type":"ping"}\n\n', 'not with a chat completion'],
    ['that is an error in the middle', `${delta('one')}data: {"error":{"message":"overloaded"}}\n\n`, 'It says: overloaded'],
  ])('%s is told apart', async (_name, body, expected) => {
    answer = (response) => response.writeHead(200, asStream).end(body);
    await expect(ask()).rejects.toThrow(expected);
  });

  it('may be silent for a while between two pieces, and not longer', async () => {
    answer = (response) => {
      response.writeHead(200, asStream);
      response.write(delta('one'));
    };
    await expect(ask({ patienceMs: 100 })).rejects.toThrow('no answer within 0.1 seconds');
  });

  it('that breaks in the middle is not taken for an answer', async () => {
    answer = (response) => {
      response.writeHead(200, asStream);
      response.write(delta('one'));
      setTimeout(() => response.destroy(), 20);
    };
    await expect(ask()).rejects.toThrow('broke off');
  });
});

describe('an answer that is none', () => {
  it.each([
    ['a page', '<!doctype html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['no choices', '{}'],
    ['choices that are no list', '{"choices":{"0":{"message":{"content":"x"}}}}'],
    ['an empty list', '{"choices":[]}'],
    ['a choice without a message', '{"choices":[null]}'],
    ['an empty text', completion('')],
    ['a text in parts', completion([{ type: 'text', text: 'x' }])],
    ['a tool call', completion(null)],
    ['a stream that does not say so', 'data: {"choices":[{"delta":{"content":"x"}}]}\n\ndata: [DONE]\n\n'],
  ])('is told apart: %s', async (_, body) => {
    answer = (response) => response.end(body);
    await expect(ask()).rejects.toThrow('not with a chat completion');
  });
});

describe('a refusal', () => {
  it.each([
    [401, 'API key (401)'],
    [403, 'API key (403)'],
    [404, 'no such address or model (404)'],
    [429, 'slow down (429)'],
    [500, 'an error (500)'],
  ])('%d says what to do about it', async (status, expected) => {
    answer = (response) => response.writeHead(status).end('<h1>no JSON</h1>');
    await expect(ask()).rejects.toThrow(expected);
  });

  it.each([{ error: { message: 'model not found' } }, { error: 'model not found' }])('repeats the endpoint’s own words: %j', async (body) => {
    answer = (response) => response.writeHead(404).end(JSON.stringify(body));
    await expect(ask()).rejects.toThrow(/\(404\).* It says: model not found$/);
  });

  it('is one even around a good answer', async () => {
    answer = (response) => response.writeHead(500).end(completion('four'));
    await expect(ask()).rejects.toThrow('an error (500)');
  });
});

describe('a connection', () => {
  it('that cannot be made names the usual causes', async () => {
    const nobody = endpoint({ kind: 'endpoint', url: 'http://127.0.0.1:9/v1', model: 'm', key: '' });
    await expect(nobody.reply(turns, new AbortController().signal)).rejects.toThrow('could not be reached');
  });

  it('that breaks in the middle is not taken for an answer', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Length': '1000' });
      response.write('{"choices":');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(ask()).rejects.toThrow('broke off');
  });

  it.each([
    ['before the headers', () => {}],
    ['after them', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('that stalls %s is given up', async (_, stall) => {
    answer = stall;
    await expect(ask({ patienceMs: 100 })).rejects.toThrow('no answer within 0.1 seconds');
  });

  it.each([
    ['before the headers', () => {}],
    ['after them', (response: ServerResponse) => void response.writeHead(200).write('{')],
  ])('aborted %s ends at once, on both sides', async (_, stall) => {
    const controller = new AbortController();
    const gone = new Promise<void>((resolve) => {
      answer = (response) => {
        response.on('close', resolve);
        stall(response);
        setTimeout(() => controller.abort(), 20);
      };
    });
    await expect(ask({ signal: controller.signal })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    await gone;
  });

  it('is not made for a call aborted beforehand', async () => {
    await expect(ask({ signal: AbortSignal.abort() })).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect(requests).toEqual([]);
  });
});

it.each(['http://h/v1', 'http://h/v1/', ' http://h/v1// '])('chatUrl(%j) has one slash at every joint', (base) => {
  expect(chatUrl(base)).toBe('http://h/v1/chat/completions');
});
