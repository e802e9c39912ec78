import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** An OpenAI-compatible endpoint of the test's own, on a port of its own: it keeps every body that reaches it. */
export interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly received: string[];
  /** Answers that nobody waited for the end of. */
  readonly cancelled: number;
  /** Ends the pause of the answer under way. */
  goOn(): void;
}

/** A piece of an answer, or a pause until `goOn()`. */
export type Piece = string | { readonly pause: true };

/** @param paceMs Milliseconds between two pieces. */
export async function startEndpoint(pieces: readonly Piece[] = ['Warm layers ', 'and a map.'], paceMs = 0): Promise<Endpoint> {
  const received: string[] = [];
  let cancelled = 0;
  let resume = () => {};
  const answer = async (response: ServerResponse): Promise<void> => {
    response.setHeader('Content-Type', 'text/event-stream');
    response.on('close', () => {
      if (!response.writableEnded) cancelled += 1;
    });
    const event = (delta: object, finish_reason: string | null = null) =>
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
    event({ role: 'assistant', content: '' });
    for (const piece of pieces) {
      if (response.destroyed) return;
      if (typeof piece === 'string') event({ content: piece });
      else await new Promise<void>((resolve) => (resume = resolve));
      if (paceMs > 0) await wait(paceMs);
    }
    event({}, 'stop');
    response.end('data: [DONE]\n\n');
  };
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', '*');
      // Asked by the browser before the request itself, and holds nothing of the text; counted all the same.
      received.push(`${request.method} ${body}`);
      if (request.method === 'POST') void answer(response);
      else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
    get cancelled() {
      return cancelled;
    },
    goOn: () => resume(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sets the endpoint as a person would, in the settings dialog. */
export async function useEndpoint(page: Page, url: string): Promise<void> {
  await page.getByTestId('settings-open').click();
  await page.getByTestId('assistant-endpoint').check();
  await page.getByTestId('endpoint-url').fill(url);
  await page.getByTestId('endpoint-model').fill('test-model');
  await page.getByTestId('settings-save').click();
}
