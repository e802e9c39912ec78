import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface Child extends AsyncDisposable {
  readonly process: ChildProcess;
  /** What it has written on standard error: the reason if it does not come up. */
  said(): string;
}

/** Starts a program in a process group of its own, which ends as one: browsers leave children behind. */
export function startChild(path: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, ...more: ('pipe' | 'ignore')[]): Child {
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', ...more];
  const child = spawn(path, args, { detached: true, stdio, env: { ...process.env, ...env } });
  let said = '';
  child.stderr?.on('data', (piece) => {
    said += piece;
  });
  child.on('error', (error) => {
    said += error;
  });
  const killAll = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  };
  process.once('exit', killAll);
  return {
    process: child,
    said: () => said,
    [Symbol.asyncDispose]: async () => {
      const ended = child.exitCode !== null || child.signalCode !== null || child.pid === undefined ? undefined : once(child, 'exit');
      killAll();
      process.off('exit', killAll);
      await ended;
    },
  };
}

/** Tries until it works, for as long as the child lives and half a minute at most. */
export async function untilUp<T>(child: Child, attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end || child.process.exitCode !== null || child.process.pid === undefined) {
        throw new Error(`${child.process.spawnfile} does not answer: ${child.said()}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** What has to end with a browser, the last first. */
export class Parts implements AsyncDisposable {
  readonly #ends: (() => unknown)[] = [];

  use<T extends AsyncDisposable>(part: T): T {
    this.#ends.push(() => part[Symbol.asyncDispose]());
    return part;
  }

  defer(end: () => unknown): void {
    this.#ends.push(end);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }
}
