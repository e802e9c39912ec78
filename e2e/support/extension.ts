import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, expect, type Page } from '@playwright/test';
import { build } from 'vite';
import type { LineAnswer, ReadMessage } from '../../apps/extension/src/shared/line.ts';
import type { Answer } from '../../apps/extension/src/shared/messages.ts';
import type { Verdict } from '../../packages/core/src/verdict.ts';
import { BROWSER_ARGS, CHROMIUM } from '../../playwright.config.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** As strict as the editors bear it: the extension must not need more. */
const CSP = "default-src 'self'; style-src 'self' 'unsafe-inline'";

export interface Pages {
  readonly url: string;
  close(): Promise<void>;
}

async function listen(server: Server): Promise<{ readonly port: number; close(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Chat pages with the editors' own libraries, on a free port. */
export async function serveEditors(): Promise<Pages> {
  const built = await build({ root: 'apps/extension/testing', base: '/', configFile: false, logLevel: 'error', build: { write: false } });
  const [bundle] = [built].flat();
  if (bundle === undefined || !('output' in bundle)) throw new Error('the pages were not built');
  const files = new Map(bundle.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = files.get(path === '/' ? '/index.html' : path);
    const headers = { 'Content-Type': TYPES[extname(path) || '.html'] ?? 'text/plain', 'Content-Security-Policy': CSP };
    response.writeHead(body === undefined ? 404 : 200, headers).end(body);
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** Where Chromium itself calls, whatever runs in it. */
const ITS_MAKER = /\.(?:google|googleapis|gvt1)\.com\b/;

/** A proxy that keeps what it is asked for and passes nothing on. */
export async function recordingProxy() {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    requests.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return { requests, ...(await listen(server)) };
}

/** The built extension in a browser of its own. */
export interface Extension extends AsyncDisposable {
  readonly context: BrowserContext;
  /** Its popup, as a page. */
  readonly panel: Page;
  /** What the whole browser asked of any host but this one and its maker's. */
  requests(): readonly string[];
  /** Ends it, and waits until it was started again. */
  killServiceWorker(): Promise<void>;
}

/**
 * Loads `dist/extension`, with one line of its manifest changed: the test's site is granted from the start, since no script can press
 * the button of the browser's own question.
 */
export async function startExtension(): Promise<Extension> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-extension-'));
  const [unpacked, profile] = [join(folder, 'unpacked'), join(folder, 'profile')];
  cpSync('dist/extension', unpacked, { recursive: true });
  const path = join(unpacked, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }));
  const proxy = await recordingProxy();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: false,
    args: [
      ...BROWSER_ARGS,
      '--headless=new',
      `--disable-extensions-except=${unpacked}`,
      `--load-extension=${unpacked}`,
      `--proxy-server=127.0.0.1:${proxy.port}`,
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const panel = await context.newPage();
  await panel.goto(new URL('panel.html', worker.url()).href);
  // Where the content script belongs is written down at the install, which may still be under way.
  await panel.waitForFunction(async () => (await chrome.scripting.getRegisteredContentScripts()).length === 1);
  const cdp = await context.newCDPSession(panel);
  await cdp.send('ServiceWorker.enable');
  return {
    context,
    panel,
    requests: () => proxy.requests.filter((request) => !ITS_MAKER.test(request)),
    async killServiceWorker() {
      const before = await serviceWorkerId(panel);
      await cdp.send('ServiceWorker.stopAllWorkers');
      // Only a page that asks again starts another.
      await expect.poll(() => serviceWorkerId(panel)).not.toBe(before);
    },
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await proxy.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const serviceWorkerId = (panel: Page): Promise<string | undefined> =>
  panel.evaluate(async () => (await chrome.runtime.getContexts({ contextTypes: [chrome.runtime.ContextType.BACKGROUND] }))[0]?.contextId);

/** What the engine says of a text, over a line of the popup's own. It reads one text after the other: what was asked before has its answer then. */
export function readByEngine(panel: Page, text: string): Promise<Verdict> {
  return panel.evaluate(async (asked) => {
    await chrome.runtime.sendMessage({ type: 'wake' });
    const line = chrome.runtime.connect({ name: 'line' });
    const answer = await new Promise<Answer>((resolve, reject) => {
      line.onMessage.addListener((said: LineAnswer) => resolve(said.answer));
      line.onDisconnect.addListener(() => reject(new Error('the engine went away')));
      line.postMessage({ type: 'read', id: '1', text: asked } satisfies ReadMessage);
    });
    line.disconnect();
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.verdict;
  }, text);
}

/** The strip's host. */
export const STRIP = '[data-portcullis="strip"]';

interface CdpNode {
  readonly nodeName: string;
  readonly nodeType: number;
  readonly nodeValue: string;
  readonly backendNodeId: number;
  readonly attributes?: readonly string[];
  readonly children?: readonly CdpNode[];
  readonly shadowRoots?: readonly CdpNode[];
}

/** The nodes of the strip. Its shadow tree is closed to scripts, the tests' own included; the debugger sees it. */
async function stripNodes(cdp: CDPSession): Promise<readonly CdpNode[]> {
  const { root } = await cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const below = (node: CdpNode): CdpNode[] => [node, ...[...(node.children ?? []), ...(node.shadowRoots ?? [])].flatMap(below)];
  const strip = below(root).find(({ attributes }) => attributes?.includes('data-portcullis'));
  return strip === undefined ? [] : below(strip);
}

/** What the strip says; '' where there is none, or none that is drawn. */
export async function stripText(page: Page): Promise<string> {
  // By the debugger alone: what a page does to its prototypes and its document does not matter then.
  const cdp = await page.context().newCDPSession(page);
  const nodes = await stripNodes(cdp);
  const [host] = nodes;
  const drawn = host !== undefined && (await cdp.send('DOM.getBoxModel', { backendNodeId: host.backendNodeId }).catch(() => undefined));
  await cdp.detach();
  if (!drawn) return '';
  // What the strip says stands in attributes, which its style sheet draws.
  return nodes.flatMap(({ attributes = [] }) => (attributes.includes('data-words') ? [attributes[attributes.indexOf('data-words') + 1]] : [])).join(' ');
}

/** Presses the strip's button with the mouse, once a person could have seen it. */
export async function pressInStrip(page: Page, seenMs = 900): Promise<void> {
  await page.waitForTimeout(seenMs);
  const cdp = await page.context().newCDPSession(page);
  const button = (await stripNodes(cdp)).find(({ nodeName }) => nodeName === 'BUTTON');
  if (button === undefined) throw new Error('the strip has no button');
  const { model } = await cdp.send('DOM.getBoxModel', { backendNodeId: button.backendNodeId });
  await cdp.detach();
  const [left = 0, top = 0] = model.border;
  await page.mouse.click(left + model.width / 2, top + model.height / 2);
}
