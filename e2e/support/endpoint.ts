import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';

/** An OpenAI-compatible endpoint of the test's own, on a port of its own: it keeps every body that reaches it. */
export interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly received: string[];
}

export async function startEndpoint(): Promise<Endpoint> {
  const received: string[] = [];
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
      response.setHeader('Content-Type', 'application/json');
      response.end(request.method === 'POST' ? JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Warm layers and a map.' } }] }) : '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    received,
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
