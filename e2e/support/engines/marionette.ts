import type { Socket } from 'node:net';

type Answer = [type: 1, id: number, error: { error: string; message: string } | null, result: unknown];

/** Marionette, what geckodriver talks to: each message is its length in bytes, a colon, and JSON. */
export class Marionette {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #received = Buffer.alloc(0);
  #commands = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (piece: Buffer) => this.#read(piece));
    const lost = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('Firefox has closed the connection'));
    };
    socket.on('close', lost).on('error', lost);
  }

  send(name: string, parameters: object = {}): Promise<unknown> {
    this.#commands += 1;
    const message = JSON.stringify([0, this.#commands, name, parameters]);
    this.#socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((resolve, reject) => this.#waiting.set(this.#commands, { resolve, reject }));
  }

  #read(piece: Buffer): void {
    this.#received = Buffer.concat([this.#received, piece]);
    for (;;) {
      const colon = this.#received.indexOf(':');
      const end = colon + 1 + Number(this.#received.toString('latin1', 0, Math.max(colon, 0)));
      if (colon < 0 || this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', colon + 1, end));
      this.#received = this.#received.subarray(end);
      // The first is a greeting.
      if (Array.isArray(message)) this.#settle(message as Answer);
    }
  }

  #settle([, id, error, result]: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${error.error}: ${error.message}`));
    else waiting?.resolve(result);
  }
}
