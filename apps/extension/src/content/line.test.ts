import { PortcullisError } from '@portcullis/core';
import { describe, expect, it, vi } from 'vitest';
import { createLine, type Line, type LinePort } from './line.ts';

type Listener = (data: unknown) => void;

/** A line whose other end the test holds. */
function stage(wake = vi.fn(async () => {})): {
  line: Line;
  wake: typeof wake;
  /** What went over the ports, one after the other. */
  posted: unknown[];
  say: (data: unknown) => void;
  cut: () => void;
  /** The port takes nothing any more, and does not say so. */
  wither: () => void;
  connected: () => number;
  ends: () => number;
} {
  const posted: unknown[] = [];
  let heard: Listener[] = [];
  let told: Listener[] = [];
  let [ports, ends] = [0, 0];
  let withered = false;
  const event = (listeners: Listener[]) => ({ addListener: (listener: Listener) => listeners.push(listener) });
  const line = createLine({
    wake,
    connect() {
      [ports, heard, told, withered] = [ports + 1, [], [], false];
      const postMessage = (data: unknown): void => {
        if (withered) throw new Error('Attempting to use a disconnected port object');
        posted.push(data);
      };
      return { postMessage, onMessage: event(heard), onDisconnect: event(told) } as unknown as LinePort;
    },
    onEnd: () => {
      ends += 1;
    },
  });
  return {
    line,
    wake,
    posted,
    say: (data) => heard.forEach((listener) => void listener(data)),
    cut: () => told.forEach((listener) => void listener(undefined)),
    wither: () => {
      withered = true;
    },
    connected: () => ports,
    ends: () => ends,
  };
}

const read = { type: 'read', id: '1', text: 'a' } as const;
const answer = { ok: false, error: { code: 'closed', message: '' } };
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a line', () => {
  it('wakes the engine, connects once, and gives each question its answer', async () => {
    const { line, wake, posted, say, connected } = stage();
    void line.open();
    const [first, second] = [line.send(read), line.send({ ...read, id: '2' })];
    await turn();
    say({ id: '3', answer });
    say('nothing that it knows');
    say({ id: '2', answer });
    await expect(second).resolves.toEqual(answer);
    say({ id: '1', answer });
    await expect(first).resolves.toEqual(answer);
    expect([wake.mock.calls.length, connected(), posted]).toEqual([1, 1, [read, { ...read, id: '2' }]]);
  });

  it('sends at once where it is open', async () => {
    const { line, posted } = stage();
    await line.open();
    void line.send(read);
    expect(posted).toEqual([read]);
  });

  it('fails what it broke over, says so, and is opened anew by the next question', async () => {
    const { line, cut, ends, say, connected, wake } = stage();
    const asked = line.send(read);
    await turn();
    cut();
    await expect(asked).rejects.toMatchObject({ code: 'worker-crashed' });
    const again = line.send(read);
    await turn();
    say({ id: '1', answer });
    await expect(again).resolves.toEqual(answer);
    expect([ends(), connected(), wake.mock.calls.length]).toEqual([1, 2, 2]);
  });

  it('is broken where it takes nothing any more', async () => {
    const { line, wither, ends, posted, connected } = stage();
    await line.open();
    wither();
    await expect(line.send(read)).rejects.toThrow('disconnected');
    void line.send(read);
    await turn();
    expect([ends(), connected(), posted]).toEqual([1, 2, [read]]);
  });

  it('fails where nobody can be woken, and tries again with the next question', async () => {
    const { line, connected } = stage(vi.fn(async () => {}).mockRejectedValueOnce(new PortcullisError('closed', 'reload')));
    await expect(line.send(read)).rejects.toMatchObject({ code: 'closed' });
    expect(connected()).toBe(0);
    await line.open();
    expect(connected()).toBe(1);
  });

  it('never asks what was ended before it was open', async () => {
    const { line, posted } = stage();
    void line.send(read);
    await line.send({ type: 'abort', id: '1' });
    await turn();
    expect(posted).toEqual([]);
  });
});
