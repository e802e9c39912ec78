import { existsSync } from 'node:fs';
import type { Parts } from './child.ts';
import type { Connection } from './driven-browser.ts';
import { FIREFOX, startFirefox } from './firefox.ts';
import { startWebKit, WEBKIT_DRIVER, XVFB } from './webkit.ts';

export interface Browser {
  readonly name: string;
  readonly connect: (parts: Parts) => Promise<Connection>;
  /** WebKitGTK has no shared memory, hence no threads, isolated or not. */
  readonly backend: 'wasm-threads' | 'wasm';
  /** Why it is not run: what is not installed, and the variable that says where it is. */
  readonly missing: string | undefined;
}

function missing(paths: Readonly<Record<string, string>>): string | undefined {
  if (process.env['PORTCULLIS_ENGINES'] === undefined) return 'npm run engines runs it';
  const [first] = Object.entries(paths).filter(([, path]) => !existsSync(path));
  return first && `not installed: there is no ${first[1]} (${first[0]})`;
}

/** Besides Chromium. */
export const BROWSERS: readonly Browser[] = [
  { name: 'Firefox ESR', connect: startFirefox, backend: 'wasm-threads', missing: missing({ FIREFOX_PATH: FIREFOX }) },
  { name: 'WebKitGTK', connect: startWebKit, backend: 'wasm', missing: missing({ WEBKIT_DRIVER_PATH: WEBKIT_DRIVER, XVFB_PATH: XVFB }) },
];
