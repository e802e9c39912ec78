import { PortcullisError } from '@portcullis/core';
import { isLineAnswer, type LineMessage } from '../shared/line.ts';

/** What a line needs of a port. */
export type LinePort = Pick<chrome.runtime.Port, 'postMessage' | 'onMessage' | 'onDisconnect'>;

export interface LineOptions {
  /** Has the engine there: only then is there anybody to connect to. */
  readonly wake: () => Promise<unknown>;
  readonly connect: () => LinePort;
  /** The engine that gave the answers so far is gone, or out of reach. */
  readonly onEnd: () => void;
}

/** A page's line to the engine, opened when it is needed and again after it broke. */
export interface Line {
  /** Has it open before it is needed. */
  open(): Promise<unknown>;
  /** Sends a message; of `read` it gives the answer. Rejects where the line breaks over it. */
  readonly send: (message: LineMessage) => Promise<unknown>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

export function createLine({ wake, connect, onEnd }: LineOptions): Line {
  const waiting = new Map<string, Waiting>();
  let port: LinePort | undefined;
  let opening: Promise<LinePort> | undefined;

  const broke = (which: LinePort | undefined): void => {
    if (which === undefined || which !== port) return;
    port = undefined;
    const over = [...waiting.values()];
    waiting.clear();
    for (const { reject } of over) reject(new PortcullisError('worker-crashed', 'The guard went away before it answered.'));
    onEnd();
  };

  const connected = async (): Promise<LinePort> => {
    await wake();
    const made = connect();
    port = made;
    made.onMessage.addListener((data: unknown) => {
      if (!isLineAnswer(data)) return;
      waiting.get(data.id)?.resolve(data.answer);
      waiting.delete(data.id);
    });
    made.onDisconnect.addListener(() => broke(made));
    return made;
  };

  const open = (): Promise<LinePort> => {
    opening ??= connected().finally(() => {
      opening = undefined;
    });
    return opening;
  };

  return {
    open: async () => port ?? open(),
    async send(message) {
      if (message.type !== 'read') {
        // Where the line is broken, nobody knows of what is said here.
        if (message.type === 'abort') waiting.delete(message.id);
        port?.postMessage(message);
        return null;
      }
      const { id } = message;
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      let to = port;
      try {
        to ??= await open();
        // It may have been ended while the line was opened.
        if (waiting.has(id)) to.postMessage(message);
      } catch (error) {
        waiting.delete(id);
        // What takes nothing any more is broken, whether that was told or not.
        broke(to);
        throw error;
      }
      return answer;
    },
  };
}
